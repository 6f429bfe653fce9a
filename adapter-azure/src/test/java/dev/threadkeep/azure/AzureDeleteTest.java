package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.specialized.BlobLeaseAsyncClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/** What becomes of files that are deleted, one or many. */
class AzureDeleteTest {
  private static final UploadOptions TEXT = UploadOptions.of("text/plain");
  private static final String CONTAINER = Azurite.createContainer();

  private final Wire wire = new Wire();
  private final BlobContainerAsyncClient container = wire.container(CONTAINER);
  private final BlobStore store = AzureBlobStore.of(container);
  private final String folder = Fresh.text() + "/";

  @Test
  void hundredsOfFilesShouldTakeARequestForEach256() {
    List<BlobKey> keys = put(IntStream.range(0, 600).mapToObj(Integer::toString));
    wire.forget();

    List<WriteResult<BlobKey>> results = Await.result(store.deleteAll(keys));

    assertThat(results).extracting(WriteResult::id).isEqualTo(keys);
    assertThat(results).allMatch(result -> result.error().isEmpty());
    assertThat(wire.operations()).hasSize(3).containsOnly("POST batch");
    assertThat(Await.result(store.list(folder, Optional.empty())).items()).isEmpty();
  }

  @Test
  void strangeKeysShouldBeDeletedTogether() {
    List<BlobKey> keys = put(Hostile.ids().map(Named::getPayload).filter(id -> !id.contains("/")));
    wire.forget();

    assertThat(Await.result(store.deleteAll(keys))).allMatch(result -> result.error().isEmpty());

    assertThat(wire.operations()).containsExactly("POST batch");
    assertThat(Await.result(store.list(folder, Optional.empty())).items()).isEmpty();
  }

  @Test
  void keysThatAreGoneOrCannotBeOrComeTwiceShouldBeNoError() {
    BlobKey key = put(Stream.of("a")).get(0);
    List<BlobKey> keys =
        List.of(BlobKey.of(folder + "gone"), key, BlobKey.of("a\u0000"), key, BlobKey.of("\ud83d"));

    List<WriteResult<BlobKey>> results = Await.result(store.deleteAll(keys));

    assertThat(results).extracting(WriteResult::id).isEqualTo(keys);
    assertThat(results).allMatch(result -> result.error().isEmpty());
    assertThat(Await.result(store.find(key))).isEmpty();
    wire.forget();
    assertThat(Await.result(store.deleteAll(List.of(BlobKey.of("a\u0000"))))).hasSize(1);
    assertThat(wire.operations()).isEmpty();
  }

  @Test
  void aFileThatMayNotBeDeletedShouldNotSpoilTheOthers() {
    List<BlobKey> keys = put(Stream.of("a", "b", "c"));
    BlobLeaseAsyncClient lease =
        new BlobLeaseClientBuilder()
            .blobAsyncClient(container.getBlobAsyncClient(keys.get(1).value()))
            .buildAsyncClient();
    lease.acquireLease(-1).block();

    List<WriteResult<BlobKey>> results = Await.result(store.deleteAll(keys));

    assertThat(results)
        .extracting(result -> result.error().map(DataLayerException::code))
        .containsExactly(Optional.empty(), Optional.of(ErrorCode.CONFLICT), Optional.empty());
    Await.refused(
        ErrorCode.CONFLICT,
        "Azure does not allow DeleteBlob of file " + keys.get(1) + " now: LeaseIdMissing",
        () -> store.delete(keys.get(1)));
    assertThat(Await.result(store.find(keys.get(1)))).isPresent();
    assertThat(Await.result(store.find(keys.get(2)))).isEmpty();
  }

  @Test
  void snapshotsShouldGoWithTheirFile() {
    List<BlobKey> keys = put(Stream.of("a", "b"));
    keys.forEach(key -> container.getBlobAsyncClient(key.value()).createSnapshot().block());

    Await.result(store.delete(keys.get(0)));
    assertThat(Await.result(store.deleteAll(keys.subList(1, 2))).get(0).error()).isEmpty();

    keys.forEach(key -> assertThat(Await.result(store.find(key))).isEmpty());
  }

  @Test
  void aLostReplyToABatchShouldBeInTheResultOfEachFile() {
    List<BlobKey> keys = put(Stream.of("a", "b"));
    wire.lose(Wire::isWrite);

    List<WriteResult<BlobKey>> results = Await.result(store.deleteAll(keys));

    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.error().orElseThrow())
                    .hasMessage("Azure: the reply was lost to BlobBatch of 2 files")
                    .extracting(DataLayerException::code)
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
  }

  private List<BlobKey> put(Stream<String> names) {
    List<BlobKey> keys = names.map(name -> BlobKey.of(folder + name)).toList();
    Await.all(
        keys.stream()
            .map(
                key ->
                    (Supplier<CompletionStage<Long>>)
                        () -> store.upload(key, ByteBuffer.allocate(1), TEXT))
            .toList());
    return keys;
  }
}
