package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.Reindex;
import dev.threadkeep.application.Retention;
import dev.threadkeep.application.Sweep;
import dev.threadkeep.application.ThreadExport;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.CostTable;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the use cases cost that no layer of Chainlit's has, with the checks of who may: a person has
 * 100 threads of 2 steps, a question of 200 bytes and an answer of 1,500; of 20 threads the answer
 * has a feedback, and 10 of these are favourites.
 */
class FeatureCostTest {
  private static final int THREADS = 100;
  private static final PageRequest TEN = PageRequest.first(10);

  private final CostTable costs = new CostTable();
  private final TestClock clock = new TestClock();
  private final String table = DynamoDbLocal.createTable();
  private final DataStore store = builder().build();
  private final ChatServices chat = services(store, Retention.none());

  private final UserId owner = UserId.of("ada");
  private final Caller ada = Caller.person(owner);
  private final List<ThreadId> threads =
      IntStream.range(0, THREADS).mapToObj(i -> ThreadId.of("thread-" + i)).toList();

  @AfterEach
  void close() {
    costs.close();
  }

  @Test
  void whatOthersLackShouldCostNoMoreThanTheReadmeSays() throws IOException {
    threads.forEach(this::fill);

    find();
    share();
    expire();
    export();
    maintain();
    costs.measure(
        "erase the person: 330 items",
        408,
        102,
        561,
        () -> chat.users().erase(Caller.service(), owner, progress -> {}));

    costs.check("features");
  }

  private void find() {
    costs.measure("list a page of 10 with a feedback", 14, 17, 0, () -> list(chat, withFeedback()));
    costs.measure("list 10 favourites", 2, 10.5, 0, () -> chat.steps().listFavorites(ada, owner));
    costs.measure(
        "search by name, 10 of 100 threads",
        4,
        2.5,
        0,
        () -> list(chat, ThreadFilter.search("trip 9")));
  }

  private void share() {
    ThreadId thread = threads.get(0);
    costs.measure("share a thread", 2, 0.5, 1, () -> chat.sharing().share(ada, thread));
    costs.measure("open a shared thread of 2 steps", 2, 1, 0, () -> chat.sharing().view(thread));
    costs.measure("stop sharing it", 2, 0.5, 1, () -> chat.sharing().unshare(ada, thread));
  }

  private void expire() {
    ChatServices expiring =
        services(builder().threadsExpire().build(), Retention.ofThreadsThatSaySo());
    ThreadId thread = threads.get(0);
    Patch end = Patch.set(ThreadAttributes.EXPIRES_AT, clock.instant().plus(Duration.ofDays(30)));
    costs.measure(
        "give a thread a time to live",
        2,
        0.5,
        1,
        () -> expiring.threads().update(ada, thread, end));
    costs.measure(
        "list a page of 10 where threads expire",
        2,
        6,
        0,
        () -> list(expiring, ThreadFilter.all()));
    costs.measure(
        "get a step where threads expire",
        2,
        1,
        0,
        () -> expiring.steps().get(ada, thread, StepId.of("question")));
  }

  private void export() {
    costs.measure("export 100 threads", 102, 53, 0, () -> export(ThreadFilter.all()));
    costs.measure("export the 20 with a feedback", 43, 40.5, 0, () -> export(withFeedback()));
  }

  private void maintain() {
    costs.measure(
        "`reindex` of 100 threads that have their entries",
        1,
        27,
        0,
        () -> new Reindex(store.maintenance()).run(it -> {}));
    costs.measure(
        "sweep for expired threads",
        1,
        27,
        0,
        () -> new Sweep(store, Optional.empty(), clock, () -> false).run());
  }

  private CompletionStage<?> list(ChatServices services, ThreadFilter filter) {
    return services.threads().list(ada, owner, filter, TEN);
  }

  private CompletionStage<?> export(ThreadFilter filter) {
    return chat.threads().export(ada, owner, filter).thenCompose(FeatureCostTest::drain);
  }

  private static CompletionStage<Void> drain(ThreadExport export) {
    return export
        .next()
        .thenCompose(
            thread -> thread.isPresent() ? drain(export) : CompletableFuture.completedStage(null));
  }

  private static ThreadFilter withFeedback() {
    return ThreadFilter.all().withFeedback(1);
  }

  private void fill(ThreadId thread) {
    int number = threads.indexOf(thread);
    clock.tick();
    String name = "Plan trip " + number;
    Await.result(
        store.threads().create(ChatThread.builder().id(thread).userId(owner).name(name).build()));
    StepId answer = StepId.of("answer");
    List.of(
            Step.userMessage(thread, StepId.of("question"), "x".repeat(200)),
            Step.assistantMessage(thread, answer, "y".repeat(1_500)))
        .forEach(step -> Await.result(store.steps().upsert(step)));
    if (number < 20) {
      Await.result(
          chat.feedback()
              .put(ada, Feedback.builder().threadId(thread).stepId(answer).value(1).build()));
    }
    if (number < 10) {
      Await.result(chat.steps().mark(ada, thread, answer));
    }
  }

  private DynamoDbDataStore.Builder builder() {
    return DynamoDbDataStore.builder(costs.client(), table).clock(clock);
  }

  private ChatServices services(DataStore data, Retention retention) {
    return new ChatServices(
        data,
        Optional.empty(),
        BlobKeys.withoutPrefix(),
        clock,
        ChatServices.ACTIVITY_INTERVAL,
        retention);
  }
}
