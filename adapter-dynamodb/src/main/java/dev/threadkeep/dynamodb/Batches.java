package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

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

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Backoff backoff;

  Batches(DynamoDbAsyncClient client, String table, Backoff backoff) {
    this.client = client;
    this.table = table;
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
    return getOnce(keys)
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
    return deleteOnce(keys)
        .thenCompose(
            left ->
                left.isEmpty() || attempt == Backoff.ATTEMPTS
                    ? CompletableFuture.completedStage(new Left(left, Optional.empty()))
                    : backoff.pause(attempt).thenCompose(now -> delete(left, attempt + 1)))
        .exceptionally(failure -> new Left(keys, Optional.of(DynamoErrors.known(failure))));
  }

  /** What one request gave, and which keys DynamoDB did not come to. */
  private record Batch(List<Map<String, AttributeValue>> items, List<ItemKey> left) {}

  private CompletionStage<Batch> getOnce(List<ItemKey> keys) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder().keys(keys.stream().map(ItemKey::attributes).toList()).build();
    BatchGetItemRequest request =
        BatchGetItemRequest.builder()
            .requestItems(Map.of(table, wanted))
            .returnConsumedCapacity(Requests.CAPACITY)
            .build();
    return Call.read("BatchGetItem", keys)
        .run(table, () -> client.batchGetItem(request), it -> first(it.consumedCapacity()))
        .thenApply(response -> new Batch(found(response), left(response)));
  }

  /** Gives the keys of those that DynamoDB did not come to. */
  private CompletionStage<List<ItemKey>> deleteOnce(List<ItemKey> keys) {
    List<WriteRequest> deletes =
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(d -> d.key(key.attributes())).build())
            .toList();
    BatchWriteItemRequest request =
        BatchWriteItemRequest.builder()
            .requestItems(Map.of(table, deletes))
            .returnConsumedCapacity(Requests.CAPACITY)
            .build();
    return Call.write("BatchWriteItem", keys)
        .run(table, () -> client.batchWriteItem(request), it -> first(it.consumedCapacity()))
        .thenApply(
            response ->
                response.unprocessedItems().getOrDefault(table, List.of()).stream()
                    .map(left -> ItemKey.of(left.deleteRequest().key()))
                    .toList());
  }

  private List<Map<String, AttributeValue>> found(BatchGetItemResponse response) {
    return response.responses().getOrDefault(table, List.of());
  }

  private List<ItemKey> left(BatchGetItemResponse response) {
    KeysAndAttributes left = response.unprocessedKeys().get(table);
    return left == null ? List.of() : left.keys().stream().map(ItemKey::of).toList();
  }

  private static @Nullable ConsumedCapacity first(List<ConsumedCapacity> tables) {
    return tables.isEmpty() ? null : tables.get(0);
  }
}
