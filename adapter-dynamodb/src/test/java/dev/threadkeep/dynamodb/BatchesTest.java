package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PartialFailureException;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.ThreadRepository;
import dev.threadkeep.dynamodb.FaultyProxy.Fault;
import dev.threadkeep.dynamodb.FaultyProxy.Reply;
import dev.threadkeep.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of which DynamoDB does only a part, or nothing. */
class BatchesTest extends FaultyProxyTest {
  private final List<Long> pauses = Collections.synchronizedList(new ArrayList<>());
  private ThreadRepository threads;

  @BeforeEach
  void openWithoutWaiting() {
    Backoff backoff =
        new Backoff(
            millis -> {
              pauses.add(millis);
              return Runnable::run;
            },
            () -> 1);
    threads =
        new DynamoDbThreads(
            new Requests(client, TABLE),
            clock,
            new Batches(client, TABLE, backoff),
            new LargeValues(Optional.empty(), BlobKeys.withoutPrefix(), Fresh::text),
            false);
  }

  @Test
  void row40_deleteShouldEndAndNameWhatIsLeft() {
    plant(3);
    proxy.set(nothingDone("BatchWriteItem", "RequestItems", "UnprocessedItems", Integer.MAX_VALUE));

    DataLayerException failure = Await.failure(() -> threads.delete(thread));

    assertThat(failure).isInstanceOf(PartialFailureException.class);
    assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(failure)
        .hasMessage("thread " + thread + " is not gone: 5 items are left; repeat it");
    assertThat(((PartialFailureException) failure).remaining())
        .containsExactly("element e", "step s0", "step s1", "step s2", "thread " + thread);
    assertThat(Collections.frequency(proxy.operations(), "BatchWriteItem")).isEqualTo(8);
    assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L);
    assertThat(Await.result(UNDISTURBED.threads().find(thread))).isPresent();

    proxy.set(Fault.NONE);
    assertThat(Await.result(threads.delete(thread)).items()).isEqualTo(5);
    assertThat(Await.result(UNDISTURBED.threads().isTaken(thread))).isFalse();
  }

  @Test
  void row40_deleteShouldSendAgainExactlyWhatCameBack() {
    plant(60);
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    proxy.set(
        (operation, request, engine) -> {
          if (!operation.equals("BatchWriteItem")) {
            return Optional.of(engine.get());
          }
          List<JsonValue> deletes = batch(request);
          sizes.add(deletes.size());
          return deletes.size() == 1
              ? Optional.of(engine.get())
              : Optional.of(engine.get()).map(reply -> unprocessed(deletes.get(0)));
        });

    Deletion deletion = Await.result(threads.delete(thread));

    assertThat(deletion.items()).isEqualTo(62);
    assertThat(deletion.files()).hasSize(1);
    assertThat(sizes).containsExactlyInAnyOrder(25, 25, 11, 1, 1, 1);
    assertThat(Await.result(UNDISTURBED.threads().isTaken(thread))).isFalse();
  }

  @Test
  void deleteShouldGoOnWithTheOtherBatchesWhenOneFails() {
    plant(60);
    AtomicInteger batches = new AtomicInteger();
    proxy.set(
        (operation, request, engine) ->
            operation.equals("BatchWriteItem") && batches.getAndIncrement() == 0
                ? error(400, "ProvisionedThroughputExceededException")
                : Optional.of(engine.get()));

    DataLayerException failure = Await.failure(() -> threads.delete(thread));

    assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(((PartialFailureException) failure).remaining())
        .hasSizeLessThanOrEqualTo(26)
        .endsWith("thread " + thread);
    assertThat(Await.result(UNDISTURBED.threads().find(thread))).isPresent();
  }

  @Test
  void findAllShouldAskAgainForWhatCameBack() {
    plant(0);
    proxy.set(nothingDone("BatchGetItem", "RequestItems", "UnprocessedKeys", 2));

    assertThat(Await.result(threads.findAll(List.of(thread)))).hasSize(1);
    assertThat(proxy.operations()).isEqualTo(Collections.nCopies(3, "BatchGetItem"));
  }

  @Test
  void findAllShouldEndWhenItNeverComesToThem() {
    plant(0);
    proxy.set(nothingDone("BatchGetItem", "RequestItems", "UnprocessedKeys", Integer.MAX_VALUE));

    Await.refused(
        ErrorCode.THROTTLED,
        "DynamoDB did not come to 1 of the items, asked 8 times",
        () -> threads.findAll(List.of(thread)));
  }

  /** So often DynamoDB gives back all that a batch holds. */
  private static Fault nothingDone(String operation, String batch, String left, int times) {
    AtomicInteger done = new AtomicInteger();
    return (asked, request, engine) -> {
      if (!asked.equals(operation) || done.getAndIncrement() >= times) {
        return Optional.of(engine.get());
      }
      JsonValue items = member(JsonText.parse(request), batch);
      return Optional.of(new Reply(200, JsonText.write(JsonObject.of(left, items))));
    };
  }

  private static List<JsonValue> batch(String request) {
    JsonObject tables = (JsonObject) member(JsonText.parse(request), "RequestItems");
    return ((JsonValue.Array) member(tables, TABLE)).items();
  }

  private static Reply unprocessed(JsonValue item) {
    JsonObject items = JsonObject.of(TABLE, new JsonValue.Array(List.of(item)));
    return new Reply(200, JsonText.write(JsonObject.of("UnprocessedItems", items)));
  }

  private static JsonValue member(JsonValue owner, String name) {
    return ((JsonObject) owner).get(name).orElseThrow();
  }

  private void plant(int steps) {
    Await.result(UNDISTURBED.threads().create(ChatThread.builder().id(thread).build()));
    Await.results(
        IntStream.range(0, steps)
            .mapToObj(
                i -> UNDISTURBED.steps().upsert(Step.userMessage(thread, StepId.of("s" + i), "")))
            .toList());
    Await.result(
        UNDISTURBED
            .elements()
            .upsert(
                Element.builder()
                    .id(ElementId.of("e"))
                    .threadId(thread)
                    .objectKey(BlobKey.of("u/t/e"))
                    .build()));
  }
}
