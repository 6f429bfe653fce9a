package dev.threadkeep.benchmarks.layer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items that are deleted by hand, in batches, some of which are under way at the same time. */
final class BatchDeletes {
  /** As many as DynamoDB removes with one request. */
  private static final int BATCH = 25;

  /** As in ours. */
  private static final int UNDER_WAY = 4;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final List<Map<String, AttributeValue>> keys;
  private final AtomicInteger next = new AtomicInteger();

  BatchDeletes(DynamoDbAsyncClient client, String table, List<Map<String, AttributeValue>> keys) {
    this.client = client;
    this.table = table;
    this.keys = keys;
  }

  CompletableFuture<?> run() {
    return CompletableFuture.allOf(
        IntStream.range(0, UNDER_WAY)
            .mapToObj(i -> deleteNext())
            .toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> deleteNext() {
    int from = next.getAndAdd(BATCH);
    if (from >= keys.size()) {
      return CompletableFuture.completedFuture(null);
    }
    List<WriteRequest> deletes =
        keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
            .map(key -> WriteRequest.builder().deleteRequest(it -> it.key(key)).build())
            .toList();
    return client
        .batchWriteItem(
            BatchWriteItemRequest.builder()
                .requestItems(Map.of(table, deletes))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build())
        .thenCompose(removed -> deleteNext());
  }
}
