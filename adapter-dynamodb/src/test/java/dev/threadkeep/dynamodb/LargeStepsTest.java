package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.FaultyProxy.Reply;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the table and the blob store hold of large steps, and what becomes of it. */
class LargeStepsTest extends FaultyProxyTest {
  private static final String POINTERS = "threadkeepContent";
  private static final int LIMIT_BYTES = 400 * 1_024;

  private final RawTable raw = new RawTable(TABLE);
  private final Blobs blobs = new Blobs();
  private final DataStore large =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), TABLE)
          .blobs(blobs)
          .blobKeys(new BlobKeys("app/"))
          .build();

  @Test
  void theItemShouldHoldAPreviewAndAPlainPointer() {
    upsert(Step.builder().output("😀".repeat(300_000)).metadata(Large.object(200_000)));

    Map<String, AttributeValue> item = item();
    assertThat(item.get("output").s())
        .startsWith("😀😀")
        .endsWith("😀…\n\n[the beginning of 1,200,000 bytes, kept elsewhere]")
        .hasSizeLessThan(5_000);
    assertThat(item.get("metadata").m()).as("small enough to stay").hasSize(10);
    AttributeValue pointer = item.get(POINTERS).m().get("output");
    assertThat(pointer.m().get("bytes").n()).isEqualTo("1200000");
    assertThat(pointer.m().get("preview").s()).matches("[0-9a-f]{64}");
    assertThat(pointer.m().get("key").s())
        .matches("app/threadkeep/steps/" + thread + "/[0-9a-f]{32}");
    assertThat(files()).containsExactly(pointer.m().get("key").s());
    assertThat(ItemSize.of(item)).isLessThan(StepLayout.THRESHOLD);
  }

  @Test
  void smallMembersOfLargeMetadataShouldStayInTheItem() {
    upsert(
        Step.builder()
            .metadata(Large.object(400_000).with("favorite", JsonValue.of(true)))
            .generation(Large.object(390_000).with("model", JsonValue.of("gpt"))));

    assertThat(item().get("metadata").m()).containsOnlyKeys("favorite");
    assertThat(item().get("generation").m()).containsOnlyKeys("model");
    assertThat(item().get(POINTERS).m()).containsOnlyKeys("metadata", "generation");
  }

  @Test
  void onlyWhatIsNeededShouldGoElsewhereTheLargestFirst() {
    upsert(Step.builder().input(Large.text(200_000)).output(Large.text(250_000)));
    assertThat(item().get(POINTERS).m()).containsOnlyKeys("output");

    upsert(Step.builder().input(Large.text(200_001)).output(Large.text(10)));
    assertThat(item()).doesNotContainKey(POINTERS);
    assertThat(files()).isEmpty();
  }

  @Test
  void theFilesShouldBeThoseThatItemsPointToAfterEveryWrite() {
    upsert(Step.builder().input(Large.text(400_000)).output(Large.text(400_001)));
    assertFilesArePointedTo(2);
    update(Patch.set(StepAttributes.NAME, "n"));
    assertFilesArePointedTo(2);
    update(Patch.set(StepAttributes.OUTPUT, Large.text(500_000)));
    assertFilesArePointedTo(2);
    update(Patch.set(StepAttributes.OUTPUT, "small").and(StepAttributes.NAME, "x"));
    assertFilesArePointedTo(1);
    update(Patch.set(StepAttributes.METADATA, Large.object(400_000)));
    assertFilesArePointedTo(2);
    update(Patch.none().andClear(StepAttributes.METADATA).andClear(StepAttributes.INPUT));
    assertFilesArePointedTo(0);
  }

  @Test
  void deletesShouldTakeTheFilesAlong() {
    Await.result(large.threads().create(ChatThread.builder().id(thread).build()));
    upsert(Step.builder().output(Large.text(400_000)));
    Await.result(
        large.steps().upsert(Step.userMessage(thread, StepId.of("other"), Large.text(400_002))));
    assertThat(files()).hasSize(2);

    Await.result(large.steps().delete(thread, step));
    assertThat(files()).hasSize(1);
    assertThat(Await.result(large.threads().delete(thread)).items()).isEqualTo(2);
    assertThat(files()).isEmpty();
  }

  @Test
  void aDeleteThatBeganShouldRememberTheFilesOfLargeValues() {
    Await.result(large.threads().create(ChatThread.builder().id(thread).build()));
    upsert(Step.builder().output(Large.text(400_000)));
    Set<String> before = files();

    Await.result(large.threads().clear(thread));

    assertThat(files()).isEmpty();
    assertThat(Await.result(large.threads().clear(thread)).files())
        .extracting(BlobKey::value)
        .containsExactlyElementsOf(before);
  }

  @Test
  void whatTheirLayerWroteInThePlaceOfAPreviewShouldCount() {
    upsert(Step.builder().output(Large.text(400_000)).input(Large.text(400_001)));
    Map<String, AttributeValue> item = new HashMap<>(item());
    item.put("output", AttributeValue.fromS("edited by the Python layer"));
    DynamoDbLocal.client().putItem(put -> put.tableName(TABLE).item(item)).join();

    assertThat(find().output()).contains("edited by the Python layer");
    assertThat(find().input()).contains(Large.text(400_001));
    assertThat(files()).as("until the next write").hasSize(2);
    update(Patch.set(StepAttributes.NAME, "n"));
    assertThat(find().output()).contains("edited by the Python layer");
    assertFilesArePointedTo(1);
  }

  @Test
  void numbersThatOthersWroteBackShouldBeTheSamePreview() {
    upsert(
        Step.builder()
            .metadata(
                Large.object(400_000)
                    .with("a", JsonValue.of(new BigDecimal("1.50")))
                    .with("b", JsonObject.of("x", JsonValue.of(1)).with("y", JsonValue.of(2)))));
    Map<String, AttributeValue> item = new HashMap<>(item());
    Map<String, AttributeValue> metadata = new HashMap<>(item.get("metadata").m());
    metadata.put("a", AttributeValue.fromN("1.5"));
    item.put("metadata", AttributeValue.fromM(metadata));
    DynamoDbLocal.client().putItem(put -> put.tableName(TABLE).item(item)).join();

    assertThat(find().metadata().orElseThrow().members()).hasSize(12);
  }

  @Test
  void aMissingFileShouldGiveThePreviewAndSaySo() {
    Await.result(large.threads().create(ChatThread.builder().id(thread).build()));
    upsert(Step.builder().output(Large.text(400_000)).input("fine"));
    Await.result(blobs.deleteAll(files().stream().map(BlobKey::of).toList()));

    Step stored = find();
    assertThat(stored.output().orElseThrow()).contains("[the beginning of 400,000 bytes");
    assertThat(stored.other().get("contentError"))
        .contains(JsonValue.of("output: only a preview can be read of 400000 bytes"));
    assertThat(Await.result(large.threads().load(thread)).orElseThrow().steps())
        .containsExactly(stored);

    update(Patch.set(StepAttributes.OUTPUT, "healed"));
    assertThat(find().output()).contains("healed");
    assertThat(find().other().members()).isEmpty();
  }

  @Test
  void aStoreThatIsAwayShouldFailNoRead() {
    upsert(Step.builder().output(Large.text(400_000)).input(Large.text(400_001)));
    blobs.away = true;

    assertThat(find().other().get("contentError").map(JsonValue::toString).orElseThrow())
        .contains("output: only a preview", "input: only a preview");
  }

  @Test
  void aStoreThatIsAwayShouldFailAWriteThatNeedsItAndChangeNothing() {
    upsert(Step.builder().output(Large.text(400_000)));
    Map<String, AttributeValue> before = item();
    blobs.away = true;

    for (Patch patch :
        List.of(
            Patch.set(StepAttributes.NAME, "n"),
            Patch.set(StepAttributes.OUTPUT, Large.text(500_000)))) {
      Await.refused(ErrorCode.UNAVAILABLE, "away", () -> large.steps().update(thread, step, patch));
    }
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "away",
        () -> large.steps().upsert(Step.userMessage(thread, Fresh.step(), Large.text(400_000))));
    assertThat(item()).isEqualTo(before);
    blobs.away = false;
    assertFilesArePointedTo(1);
  }

  @Test
  void aFailedUploadShouldTakeTheOthersBack() {
    blobs.failing = 400_001;

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "no",
        () ->
            large
                .steps()
                .upsert(
                    Step.builder()
                        .threadId(thread)
                        .id(step)
                        .input(Large.text(400_000))
                        .output(Large.text(400_001))
                        .build()));

    assertThat(files()).isEmpty();
    assertThat(item()).isEmpty();
  }

  @Test
  void withoutAStoreALargeStepShouldBeRefusedWithItsSize() {
    Await.refused(
        ErrorCode.TOO_LARGE,
        "output: 500,000 bytes; the step would have 500,",
        () -> UNDISTURBED.steps().upsert(Step.userMessage(thread, step, Large.text(500_000))));
    assertThat(item()).isEmpty();
  }

  @Test
  void withoutAStoreALargeStepShouldShowItsPreviewAndNotBeSpoilt() {
    upsert(Step.builder().output(Large.text(400_000)));
    Map<String, AttributeValue> before = item();

    assertThat(Await.result(UNDISTURBED.steps().find(thread, step)).orElseThrow().output())
        .hasValueSatisfying(it -> assertThat(it).contains("[the beginning of 400,000 bytes"));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "step " + step + " has large values",
        () -> UNDISTURBED.steps().update(thread, step, Patch.set(StepAttributes.NAME, "n")));
    assertThat(item()).isEqualTo(before);
  }

  @Test
  void whatFitsNowhereShouldBeRefusedWithItsSizeBeforeAnythingIsStored() {
    JsonObject modes = Large.object(LIMIT_BYTES + 1_000);

    Await.refused(
        ErrorCode.TOO_LARGE,
        "modes: ",
        () ->
            large
                .steps()
                .upsert(
                    Step.builder()
                        .threadId(thread)
                        .id(step)
                        .modes(modes)
                        .output(Large.text(500_000))
                        .build()));

    assertThat(files()).isEmpty();
    assertThat(item()).isEmpty();
  }

  @Test
  void anItemShouldKeepRoomForFeedback() {
    upsert(Step.builder().input(Large.text(190_000)));
    update(Patch.set(StepAttributes.OUTPUT, Large.text(200_000)));

    assertThat(ItemSize.of(item())).isLessThan(StepLayout.THRESHOLD);
    assertFilesArePointedTo(1);
    assertThat(find().input()).contains(Large.text(190_000));
    assertThat(find().output()).contains(Large.text(200_000));
  }

  @Test
  void metadataStoredAsTextShouldBeMergedWhenItGrowsLarge() {
    raw.put(
        "THREAD#" + thread,
        "STEP#" + step,
        "{'id': {'S': '%s'}, 'metadata': {'S': '{\\u0022old\\u0022: 1}'}}".formatted(step));

    update(
        Patch.set(
            StepAttributes.METADATA, JsonObject.of("new", JsonValue.of(Large.text(400_000)))));

    assertThat(find().metadata().orElseThrow().members()).containsOnlyKeys("old", "new");
  }

  @Test
  void aLostReplyShouldKeepTheFileThatTheItemMayPointTo() {
    DataStore disturbed = DynamoDbDataStore.builder(client, TABLE).blobs(blobs).build();
    proxy.set(FaultyProxy.Fault.REPLY_LOST);

    Await.refused(
        ErrorCode.OUTCOME_UNKNOWN,
        "DynamoDB",
        () -> disturbed.steps().upsert(Step.userMessage(thread, step, Large.text(400_000))));

    assertThat(find().output()).contains(Large.text(400_000));
    Await.result(large.steps().upsert(Step.userMessage(thread, step, Large.text(400_000))));
    assertFilesArePointedTo(1);
  }

  @Test
  void theFileOfAWriteThatTheSdkRepeatedShouldStay() {
    AtomicInteger updates = new AtomicInteger();
    proxy.set(
        (operation, request, engine) -> {
          Reply reply = engine.get();
          boolean isSecond = operation.equals("UpdateItem") && updates.incrementAndGet() == 2;
          return isSecond ? Optional.empty() : Optional.of(reply);
        });
    upsert(Step.builder().output(Large.text(200_000)));

    try (DynamoDbAsyncClient retrying = DynamoDbLocal.clientBuilder(proxy.endpoint()).build()) {
      DataStore patient = DynamoDbDataStore.builder(retrying, TABLE).blobs(blobs).build();
      Step changed =
          Await.result(
              patient
                  .steps()
                  .update(thread, step, Patch.set(StepAttributes.INPUT, Large.text(150_000))));
      assertThat(changed.output()).contains(Large.text(200_000));
    }

    assertThat(updates).as("the change, the move of the output, and that again").hasValue(3);
    assertThat(find().output()).contains(Large.text(200_000));
    assertThat(find().input()).contains(Large.text(150_000));
    assertFilesArePointedTo(1);
  }

  @Test
  void theFileOfAWriteThatWasDoneAndThenThrottledShouldStay() {
    DataStore disturbed = DynamoDbDataStore.builder(client, TABLE).blobs(blobs).build();
    proxy.set(
        (operation, request, engine) -> {
          Reply done = engine.get();
          return done.status() == 200 ? error(400, "ThrottlingException") : Optional.of(done);
        });

    Await.refused(
        ErrorCode.THROTTLED,
        "DynamoDB",
        () -> disturbed.steps().upsert(Step.userMessage(thread, step, Large.text(400_000))));

    assertThat(find().output()).contains(Large.text(400_000));
    assertFilesArePointedTo(1);
  }

  @Test
  void whatSomebodyWritesWhileAValueMovesShouldCount() {
    upsert(Step.builder().output(Large.text(200_000)));
    blobs.beforeUpload =
        () -> {
          blobs.beforeUpload = () -> {};
          Await.result(
              UNDISTURBED
                  .steps()
                  .update(thread, step, Patch.set(StepAttributes.OUTPUT, "the final one")));
        };

    update(Patch.set(StepAttributes.INPUT, Large.text(150_000)));

    assertThat(find().output()).contains("the final one");
    assertThat(find().input()).contains(Large.text(150_000));
    assertFilesArePointedTo(0);
  }

  @Test
  void aPreviewShouldStayThePreviewOfTheWhole() {
    Step.Builder attributes =
        Step.builder().output(Large.text(350_000)).modes(Large.object(310_000));
    upsert(attributes);

    update(Patch.set(StepAttributes.NAME, "n"));
    assertThat(find().output()).contains(Large.text(350_000));
    upsert(attributes);
    assertThat(find().output()).contains(Large.text(350_000));
    assertFilesArePointedTo(1);
  }

  @Test
  void aFavouriteShouldBeFoundHoweverLargeItsMetadata() {
    Await.result(
        large.threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));
    JsonObject metadata = JsonObject.of("large", JsonValue.of(Large.text(400_000)));
    for (int i = 0; i < 2_000; i++) {
      metadata = metadata.with("m" + i, JsonValue.of(true)); // no room is left for another one
    }

    upsert(Step.builder().metadata(metadata.with(Step.FAVORITE, JsonValue.of(true))));

    assertThat(item().get("metadata").m()).containsKey(Step.FAVORITE);
  }

  @Test
  void theErrorOfAReadThatIsSentBackShouldNotBeStored() {
    Step sent =
        Step.builder()
            .threadId(thread)
            .id(step)
            .output("fine")
            .other(JsonObject.of("contentError", JsonValue.of("output: only a preview")))
            .build();

    assertThat(Await.result(large.steps().upsert(sent)).other().members()).isEmpty();
    assertThat(item()).doesNotContainKey("contentError");
  }

  @Test
  void anOldErrorShouldKeepNoStepOutOfACopy() {
    raw.put(
        "THREAD#" + thread,
        "STEP#" + step,
        "{'id': {'S': '%s'}, 'contentError': {'S': 'old'}}".formatted(step));

    assertThat(Await.result(large.transfer().contents(thread, Optional.empty())).items())
        .hasExactlyElementsOfTypes(StoredItem.OfStep.class);
  }

  @Test
  void aRefusedWriteShouldTakeItsFilesBack() {
    DataStore disturbed = DynamoDbDataStore.builder(client, TABLE).blobs(blobs).build();
    proxy.set((operation, request, engine) -> error(400, "ValidationException"));

    Await.refused(
        ErrorCode.INVALID,
        "DynamoDB",
        () -> disturbed.steps().upsert(Step.userMessage(thread, step, Large.text(400_000))));

    assertThat(files()).isEmpty();
  }

  @Test
  void aStepThatIsGoneMeanwhileShouldNotComeBack() {
    upsert(Step.builder().output(Large.text(400_000)));
    DataStore disturbed = DynamoDbDataStore.builder(client, TABLE).blobs(blobs).build();
    proxy.set(
        (operation, request, engine) -> {
          if (operation.equals("UpdateItem")) {
            Await.result(large.steps().delete(thread, step));
          }
          return Optional.of(engine.get());
        });

    DataLayerException failure =
        Await.failure(
            () ->
                disturbed
                    .steps()
                    .update(thread, step, Patch.set(StepAttributes.OUTPUT, Large.text(500_000))));

    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(item()).isEmpty();
    assertThat(files()).isEmpty();
  }

  private void upsert(Step.Builder attributes) {
    Await.result(large.steps().upsert(attributes.threadId(thread).id(step).build()));
  }

  private void update(Patch patch) {
    Await.result(large.steps().update(thread, step, patch));
  }

  private Step find() {
    return Await.result(large.steps().find(thread, step)).orElseThrow();
  }

  private Map<String, AttributeValue> item() {
    return raw.get("THREAD#" + thread, "STEP#" + step);
  }

  private Set<String> files() {
    return Await.result(blobs.list("", Optional.empty())).items().stream()
        .map(BlobEntry::key)
        .map(BlobKey::value)
        .collect(Collectors.toSet());
  }

  private void assertFilesArePointedTo(int count) {
    Set<String> pointedTo =
        Optional.ofNullable(item().get(POINTERS))
            .map(AttributeValue::m)
            .orElse(Map.of())
            .values()
            .stream()
            .map(pointer -> pointer.m().get("key").s())
            .collect(Collectors.toSet());
    assertThat(files()).isEqualTo(pointedTo).hasSize(count);
  }

  /** Files in memory that can be away, or not take a file of some size. */
  private static final class Blobs extends DelegatingBlobStore {
    volatile boolean away;
    volatile int failing = -1;
    volatile Runnable beforeUpload = () -> {};

    Blobs() {
      super(new InMemoryBlobStore(URI.create("https://files.test")));
    }

    @Override
    public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
      beforeUpload.run();
      if (content.remaining() == failing) {
        return fail("no");
      }
      return away ? fail("away") : super.upload(key, content, options);
    }

    @Override
    public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
      return away ? fail("away") : super.read(key, range);
    }

    private static <T> CompletionStage<T> fail(String message) {
      return CompletableFuture.failedStage(new DataLayerException(ErrorCode.UNAVAILABLE, message));
    }
  }
}
