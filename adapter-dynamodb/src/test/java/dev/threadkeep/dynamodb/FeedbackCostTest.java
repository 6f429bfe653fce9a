package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.Meter.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a page of threads with a feedback costs does not depend on how many there are. */
class FeedbackCostTest {
  private static final ThreadFilter LIKED = ThreadFilter.all().withFeedback(1);

  private final Meter meter = new Meter();
  private final DynamoDbAsyncClient client =
      DynamoDbLocal.clientBuilder(DynamoDbLocal.endpoint())
          .overrideConfiguration(it -> it.addExecutionInterceptor(meter))
          .build();
  private final String table = DynamoDbLocal.createTable();
  private final DataStore store = DynamoDbDataStore.builder(client, table).build();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aPageShouldCostTheSameOf100ThreadsAndOf10000() {
    UserId few = UserId.of("few");
    UserId many = UserId.of("many");
    plant(few, 100);
    plant(many, 10_000);

    Reading ofFew = page(few);

    // The index, the entries of 11 threads (the last tells that there is more), and a batch each of
    // threads and steps.
    assertThat(ofFew).isEqualTo(new Reading(14, 17.0, 0));
    assertThat(page(many)).isEqualTo(ofFew);
  }

  private Reading page(UserId user) {
    meter.read();
    assertThat(Await.result(store.threads().list(user, LIKED, PageRequest.first(10))).items())
        .hasSize(10);
    return meter.read();
  }

  private void plant(UserId user, int threads) {
    new RawTable(table)
        .putAll(IntStream.range(0, threads).boxed().flatMap(i -> items(user, i)).toList());
  }

  /** A thread of one step with a feedback, and its entry. */
  private static Stream<Map<String, AttributeValue>> items(UserId user, int number) {
    ThreadId thread = ThreadId.of(user + "-" + number);
    StepId step = StepId.of("step");
    String place = Keys.indexSort(Timestamp.of(Instant.EPOCH.plusSeconds(number)));
    Feedback feedback = Feedback.builder().threadId(thread).stepId(step).value(1).build();
    ChatThread owned = ChatThread.builder().id(thread).userId(user).name("A").build();
    Step answer =
        Step.builder()
            .from(Step.assistantMessage(thread, step, "x".repeat(1_500)))
            .feedback(feedback)
            .build();
    Map<String, AttributeValue> threadItem = new HashMap<>(Schemas.THREADS.itemToMap(owned, true));
    threadItem.put(Keys.INDEX_PK, AttributeValue.fromS(Keys.indexPartition(user)));
    threadItem.put(Keys.INDEX_SK, AttributeValue.fromS(place));
    Map<String, AttributeValue> entry =
        new HashMap<>(Mark.FEEDBACK.entry(thread, step).attributes());
    entry.put(
        Keys.INDEX_PK, AttributeValue.fromS(Keys.indexPartition(user, Keys.listOfFeedback(1))));
    entry.put(Keys.INDEX_SK, AttributeValue.fromS(place));
    return Stream.of(threadItem, Schemas.STEPS.itemToMap(answer, true), entry);
  }
}
