package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Removes many files: as many by one request as S3 takes, and by itself what XML cannot name. */
final class Deletion {
  /** Keys that S3 takes in one request. */
  private static final int BATCH = 1_000;

  private static final int REQUESTS_AT_ONCE = 4;

  private final Bucket bucket;
  private final Map<BlobKey, DataLayerException> errors = new ConcurrentHashMap<>();

  Deletion(Bucket bucket) {
    this.bucket = bucket;
  }

  /** What became of each key, in their order. */
  CompletionStage<List<WriteResult<BlobKey>>> run(List<BlobKey> keys) {
    List<BlobKey> together = new ArrayList<>();
    List<Supplier<CompletionStage<Void>>> requests = new ArrayList<>();
    for (BlobKey key : keys.stream().distinct().filter(this::isPossible).toList()) {
      if (Keys.isForXml(key)) {
        together.add(key);
      } else {
        requests.add(() -> alone(key));
      }
    }
    for (int from = 0; from < together.size(); from += BATCH) {
      List<BlobKey> batch = together.subList(from, Math.min(from + BATCH, together.size()));
      requests.add(() -> batch(batch));
    }
    return Stages.all(requests, REQUESTS_AT_ONCE).thenApply(done -> results(keys));
  }

  private List<WriteResult<BlobKey>> results(List<BlobKey> keys) {
    return keys.stream()
        .map(key -> new WriteResult<>(key, Optional.ofNullable(errors.get(key))))
        .toList();
  }

  private boolean isPossible(BlobKey key) {
    try {
      return Keys.isPossible(key);
    } catch (DataLayerException refused) {
      errors.put(key, refused);
      return false;
    }
  }

  private CompletionStage<Void> alone(BlobKey key) {
    return bucket
        .delete(key)
        .exceptionally(
            failure -> {
              errors.put(key, S3Errors.known(failure));
              return null;
            });
  }

  /** A request that is refused as a whole may be so for one key, or be unknown to the server. */
  private CompletionStage<Void> batch(List<BlobKey> keys) {
    return bucket
        .delete(keys)
        .thenAccept(failed -> failed.forEach(this::note))
        .exceptionallyCompose(
            failure -> {
              DataLayerException error = S3Errors.known(failure);
              if (error.code() == ErrorCode.INVALID) {
                return Stages.all(keys.stream().map(this::later).toList(), REQUESTS_AT_ONCE);
              }
              keys.forEach(key -> errors.put(key, error));
              return CompletableFuture.completedStage(null);
            });
  }

  private Supplier<CompletionStage<Void>> later(BlobKey key) {
    return () -> alone(key);
  }

  private void note(S3Error error) {
    BlobKey key = BlobKey.of(error.key());
    errors.put(
        key, S3Errors.translateCode(error.code(), Call.write("DeleteObject", key), bucket.name()));
  }
}
