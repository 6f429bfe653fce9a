package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.dynamodb.Requests.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads and removes many items. DynamoDB may come to a part of a batch only; exactly that part is
 * sent again, after a pause, and not without end.
 */
final class Batches {
  /** As many as DynamoDB removes with one request. */
  private static final int DELETES = 25;

  /** As many as DynamoDB reads with one request. */
  private static final int GETS = 100;

  /** Requests of one call that are under way at the same time. */
  private static final int AT_A_TIME = 4;

  private final Requests requests;
  private final Backoff backoff;

  Batches(Requests requests, Backoff backoff) {
    this.requests = requests;
    this.backoff = backoff;
  }

  /**
   * Items that a bulk delete did not remove.
   *
   * @param error why; empty when DynamoDB never came to them
   */
  record Left(List<ItemKey> keys, Optional<DataLayerException> error) {}

  /**
   * The items of these keys, those that there are. Fails with {@code THROTTLED} when DynamoDB does
   * not come to all of them.
   */
  CompletionStage<Map<ItemKey, Map<String, AttributeValue>>> get(List<ItemKey> keys) {
    List<ItemKey> possible = keys.stream().distinct().filter(ItemKey::isPossible).toList();
    Map<ItemKey, Map<String, AttributeValue>> found = new ConcurrentHashMap<>();
    return Stages.each(batches(possible, GETS), AT_A_TIME, batch -> get(batch, found, 1))
        .thenApply(all -> found);
  }

  /** Removes items; gives what is left of them. */
  CompletionStage<List<Left>> delete(List<ItemKey> keys) {
    return Stages.each(batches(keys, DELETES), AT_A_TIME, batch -> delete(batch, 1))
        .thenApply(left -> left.stream().filter(it -> !it.keys().isEmpty()).toList());
  }

  private static List<List<ItemKey>> batches(List<ItemKey> keys, int size) {
    List<List<ItemKey>> batches = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += size) {
      batches.add(keys.subList(i, Math.min(keys.size(), i + size)));
    }
    return batches;
  }

  private CompletionStage<Void> get(
      List<ItemKey> keys, Map<ItemKey, Map<String, AttributeValue>> found, int attempt) {
    return requests
        .getBatch(keys)
        .thenCompose(
            batch -> {
              batch.items().forEach(item -> found.put(ItemKey.of(item), item));
              return batch.left().isEmpty()
                  ? CompletableFuture.completedStage(null)
                  : getRest(batch, found, attempt);
            });
  }

  private CompletionStage<Void> getRest(
      Batch batch, Map<ItemKey, Map<String, AttributeValue>> found, int attempt) {
    if (attempt == Backoff.ATTEMPTS) {
      return CompletableFuture.failedStage(
          new DataLayerException(
              ErrorCode.THROTTLED,
              "DynamoDB did not come to %d of the items, asked %d times"
                  .formatted(batch.left().size(), attempt)));
    }
    return backoff.pause(attempt).thenCompose(now -> get(batch.left(), found, attempt + 1));
  }

  private CompletionStage<Left> delete(List<ItemKey> keys, int attempt) {
    return requests
        .deleteBatch(keys)
        .thenCompose(
            left ->
                left.isEmpty() || attempt == Backoff.ATTEMPTS
                    ? CompletableFuture.completedStage(new Left(left, Optional.empty()))
                    : backoff.pause(attempt).thenCompose(now -> delete(left, attempt + 1)))
        .exceptionally(failure -> new Left(keys, Optional.of(DynamoErrors.known(failure))));
  }
}
