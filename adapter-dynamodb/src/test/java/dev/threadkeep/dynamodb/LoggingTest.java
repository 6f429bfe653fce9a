package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.DataStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.threadkeep.dynamodb");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final String table = DynamoDbLocal.createTable();
  private final ThreadId thread = Fresh.thread();
  private final StepId step = Fresh.step();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void eachCallShouldBeLoggedWithItsIdsAndItsCapacityAndWithoutContent() {
    logger.setLevel(Level.DEBUG);
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();

    Await.result(store.threads().create(ChatThread.builder().id(thread).name("a secret").build()));
    Await.result(store.steps().upsert(Step.userMessage(thread, step, "a secret")));
    Await.result(
        store
            .feedback()
            .upsert(
                Feedback.builder()
                    .threadId(thread)
                    .stepId(step)
                    .value(1)
                    .comment("a secret")
                    .build()));
    Await.result(store.steps().find(thread, step));
    Await.result(store.threads().load(thread));
    Await.result(store.threads().findAll(List.of(thread)));
    Await.result(store.threads().delete(thread));

    assertThat(messages())
        .containsExactly(
            "INFO Using DynamoDB table " + table,
            "DEBUG UpdateItem of thread " + thread + ": 1.0 units",
            "DEBUG UpdateItem of step " + step + ": 1.0 units",
            "DEBUG UpdateItem of step " + step + ": 1.0 units",
            "DEBUG GetItem of thread " + thread + ": 0.5 units",
            "DEBUG GetItem of step " + step + ": 1.0 units",
            "DEBUG GetItem of step " + step + ": 0.5 units",
            "DEBUG Query of thread " + thread + ": 0.5 units",
            "DEBUG BatchGetItem of [thread " + thread + "]: 0.5 units",
            "DEBUG Query of thread " + thread + ": 0.5 units",
            "DEBUG BatchWriteItem of [step " + step + "]: 1.0 units",
            "DEBUG DeleteItem of thread " + thread + ": 1.0 units");
  }

  @Test
  void onlyTheLifeCycleShouldBeLoggedOtherwise() {
    logger.setLevel(Level.INFO);
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();

    Await.result(store.steps().upsert(Step.userMessage(thread, step, "a secret")));

    assertThat(messages()).containsExactly("INFO Using DynamoDB table " + table);
  }

  private List<String> messages() {
    return appender.list.stream()
        .map(it -> it.getLevel() + " " + it.getFormattedMessage())
        .toList();
  }
}
