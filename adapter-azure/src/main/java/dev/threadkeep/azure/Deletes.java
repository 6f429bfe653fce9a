package dev.threadkeep.azure;

import com.azure.core.http.rest.Response;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.batch.BlobBatch;
import com.azure.storage.blob.batch.BlobBatchAsyncClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.WriteResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes files with their snapshots, many with one request. */
final class Deletes {
  /** Azure takes no more in one batch. */
  private static final int BATCH = 256;

  private static final int BATCHES_AT_ONCE = 4;
  private static final int FILES_AT_ONCE = 16;

  private final BlobContainerAsyncClient container;
  private final BlobBatchAsyncClient batches;

  Deletes(BlobContainerAsyncClient container) {
    this.container = container;
    this.batches = new BlobBatchClientBuilder(container).buildAsyncClient();
  }

  Mono<Void> delete(BlobKey key) {
    if (!BlobNames.isPossible(key)) {
      return Mono.empty();
    }
    return Call.write("DeleteBlob", "file " + key)
        .run(
            container.getBlobContainerName(),
            () -> client(key).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null))
        .then()
        .onErrorResume(AzureErrors::isNotFound, gone -> Mono.empty());
  }

  /** Never fails: what does is in the results, which are in the order of the keys. */
  Mono<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    return Flux.fromIterable(keys)
        .buffer(BATCH)
        .flatMapSequential(this::deleteSome, BATCHES_AT_ONCE)
        .flatMapIterable(results -> results)
        .collectList();
  }

  private Mono<List<WriteResult<BlobKey>>> deleteSome(List<BlobKey> keys) {
    List<BlobKey> possible = keys.stream().filter(BlobNames::isPossible).distinct().toList();
    return (possible.isEmpty() ? Mono.just(possible) : deleteTogether(possible))
        .flatMap(this::deleteEach)
        .onErrorResume(
            DataLayerException.class,
            failure -> {
              Map<BlobKey, DataLayerException> errors = new LinkedHashMap<>();
              possible.forEach(key -> errors.put(key, failure));
              return Mono.just(errors);
            })
        .map(
            errors ->
                keys.stream()
                    .map(key -> new WriteResult<>(key, Optional.ofNullable(errors.get(key))))
                    .toList());
  }

  /** Gives the keys that are left to be deleted each for itself, maybe all. */
  private Mono<List<BlobKey>> deleteTogether(List<BlobKey> keys) {
    BlobBatch batch = batches.getBlobBatch();
    Map<BlobKey, Response<Void>> answers = new LinkedHashMap<>();
    for (BlobKey key : keys) {
      // by address: the SDK would decode a name
      String address = client(key).getBlobUrl();
      answers.put(key, batch.deleteBlob(address, DeleteSnapshotsOptionType.INCLUDE, null));
    }
    return Call.write("BlobBatch", keys.size() + " files")
        .run(
            container.getBlobContainerName(),
            () ->
                batches
                    .submitBatchWithResponse(batch, false)
                    .map(done -> undone(answers))
                    .onErrorResume(AzureErrors::isRefusal, refused -> Mono.just(keys)));
  }

  private static List<BlobKey> undone(Map<BlobKey, Response<Void>> answers) {
    return answers.entrySet().stream()
        .filter(answer -> !isGone(answer.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What is wrong with the keys that could not be deleted. */
  private Mono<Map<BlobKey, DataLayerException>> deleteEach(List<BlobKey> keys) {
    return Flux.fromIterable(keys)
        .flatMap(
            key ->
                delete(key)
                    .then(Mono.<Map.Entry<BlobKey, DataLayerException>>empty())
                    .onErrorResume(
                        DataLayerException.class, error -> Mono.just(Map.entry(key, error))),
            FILES_AT_ONCE)
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /** The SDK throws what an answer says when it is not the one it expects. */
  private static boolean isGone(Response<Void> answer) {
    try {
      return answer.getStatusCode() > 0;
    } catch (BlobStorageException failed) {
      return AzureErrors.isNoFile(failed);
    } catch (RuntimeException unanswered) {
      return false;
    }
  }

  private BlobAsyncClient client(BlobKey key) {
    return container.getBlobAsyncClient(BlobNames.of(key));
  }
}
