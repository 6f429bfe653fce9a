package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.MemoryReservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.DeleteItemEnhancedResponse;
import software.amazon.awssdk.enhanced.dynamodb.model.GetItemEnhancedResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The requests to the table, but for {@link Batches}: by key through the enhanced client, and
 * through the low-level one what the enhanced one cannot say. A key that DynamoDB cannot hold is a
 * key under which nothing is.
 */
final class Requests {
  /** Free of charge, so it is always asked for. */
  static final ReturnConsumedCapacity CAPACITY = ReturnConsumedCapacity.TOTAL;

  /** What a page of DynamoDB, which has a megabyte, takes in memory while the SDK reads it. */
  private static final long PAGE_ARRIVING = 8 * 1_024 * 1_024;

  /** And what its items take as entities. */
  private static final long PAGE_KEPT = 2 * 1_024 * 1_024;

  private final DynamoDbAsyncClient client;
  private final DynamoDbEnhancedAsyncClient enhanced;
  private final String table;

  Requests(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.enhanced =
        DynamoDbEnhancedAsyncClient.builder().dynamoDbClient(client).extensions(List.of()).build();
    this.table = table;
  }

  /** The items of one kind, as the enhanced client sees them. */
  <E> DynamoDbAsyncTable<E> items(TableSchema<E> schema) {
    return enhanced.table(table, schema);
  }

  /** The entity of a key; nothing when there is no item, or none that holds a whole entity. */
  <E> CompletionStage<Optional<E>> find(DynamoDbAsyncTable<E> items, ItemKey key) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return Call.read("GetItem", key)
        .run(
            table,
            () ->
                items.getItemWithResponse(
                    get -> get.key(key.key()).returnConsumedCapacity(CAPACITY)),
            GetItemEnhancedResponse::consumedCapacity)
        .thenApply(response -> Optional.ofNullable(response.attributes()));
  }

  /** Removes the item of a key, and gives the entity that it held, if it held a whole one. */
  <E> CompletionStage<Optional<E>> delete(DynamoDbAsyncTable<E> items, ItemKey key) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return Call.write("DeleteItem", key)
        .run(
            table,
            () ->
                items.deleteItemWithResponse(
                    delete -> delete.key(key.key()).returnConsumedCapacity(CAPACITY)),
            DeleteItemEnhancedResponse::consumedCapacity)
        .thenApply(response -> Optional.ofNullable(response.attributes()));
  }

  /** The whole item of a key as it is stored now; empty when there is none. */
  CompletionStage<Map<String, AttributeValue>> item(ItemKey key) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(Map.of());
    }
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .consistentRead(true)
            .returnConsumedCapacity(CAPACITY)
            .build();
    return Call.read("GetItem", key)
        .run(table, () -> client.getItem(request), GetItemResponse::consumedCapacity)
        .thenApply(GetItemResponse::item);
  }

  /** Some attributes of an item, those that are there. May lag behind writes by moments. */
  CompletionStage<Map<String, AttributeValue>> attributes(ItemKey key, List<String> attributes) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(Map.of());
    }
    Placeholders placeholders = new Placeholders();
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .projectionExpression(
                attributes.stream().map(placeholders::name).collect(Collectors.joining(",")))
            .expressionAttributeNames(placeholders.names())
            .returnConsumedCapacity(CAPACITY)
            .build();
    return Call.read("GetItem", key)
        .run(table, () -> client.getItem(request), GetItemResponse::consumedCapacity)
        .thenApply(GetItemResponse::item);
  }

  CompletionStage<Outcome> update(ItemKey key, Update update) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(Outcome.NOTHING_THERE);
    }
    UpdateItemRequest request =
        update
            .request()
            .tableName(table)
            .key(key.attributes())
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .returnConsumedCapacity(CAPACITY)
            .build();
    return Call.write("UpdateItem", key)
        .run(
            table,
            () ->
                client
                    .updateItem(request)
                    .thenApply(Outcome::written)
                    .exceptionally(Outcome::refused),
            Outcome::capacity);
  }

  /** Removes an item that has not this attribute; whether there was one. */
  CompletionStage<Boolean> deleteWithout(ItemKey key, String attribute) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(false);
    }
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .conditionExpression("attribute_exists(#0) AND attribute_not_exists(#1)")
            .expressionAttributeNames(Map.of("#0", Keys.PK, "#1", attribute))
            .returnConsumedCapacity(CAPACITY)
            .build();
    return Call.write("DeleteItem", key)
        .run(
            table,
            () ->
                client
                    .deleteItem(request)
                    .thenApply(deleted -> new Outcome(true, Map.of(), deleted.consumedCapacity()))
                    .exceptionally(Outcome::refused),
            Outcome::capacity)
        .thenApply(Outcome::written);
  }

  /** Removes an item, if it is there. */
  CompletionStage<Void> delete(ItemKey key) {
    if (!key.isPossible()) {
      return CompletableFuture.completedStage(null);
    }
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .returnConsumedCapacity(CAPACITY)
            .build();
    return Call.write("DeleteItem", key)
        .run(table, () -> client.deleteItem(request), DeleteItemResponse::consumedCapacity)
        .thenAccept(deleted -> {});
  }

  /** One page of all items, after a key; an empty key is the beginning. */
  CompletionStage<ScanResponse> scan(Map<String, AttributeValue> after) {
    ScanRequest.Builder request =
        ScanRequest.builder().tableName(table).returnConsumedCapacity(CAPACITY);
    if (!after.isEmpty()) {
      request.exclusiveStartKey(after);
    }
    return Call.read("Scan", "table " + table)
        .run(table, () -> client.scan(request.build()), ScanResponse::consumedCapacity);
  }

  /** One page of a query. */
  CompletionStage<QueryResponse> query(Query query) {
    if (!query.isPossible()) {
      return CompletableFuture.completedStage(QueryResponse.builder().items(List.of()).build());
    }
    QueryRequest request =
        query.request().tableName(table).returnConsumedCapacity(CAPACITY).build();
    return Call.read("Query", query)
        .run(table, () -> client.query(request), QueryResponse::consumedCapacity);
  }

  /** All pages of a query, one after the other. */
  CompletionStage<Void> queryAll(Query query, Consumer<Map<String, AttributeValue>> items) {
    return queryAll(query, MemoryReservation.unlimited(), items);
  }

  /** The same, with memory asked for before each page, as its items are kept. */
  CompletionStage<Void> queryAll(
      Query query, MemoryReservation memory, Consumer<Map<String, AttributeValue>> items) {
    return memory
        .reserve(PAGE_ARRIVING)
        .thenCompose(reserved -> query(query))
        .thenCompose(page -> queryRest(query, page, memory, items));
  }

  private CompletionStage<Void> queryRest(
      Query query,
      QueryResponse page,
      MemoryReservation memory,
      Consumer<Map<String, AttributeValue>> items) {
    page.items().forEach(items);
    if (page.lastEvaluatedKey().isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    Query rest = query.after(page.lastEvaluatedKey());
    return memory
        .reserve(PAGE_KEPT)
        .thenCompose(reserved -> query(rest))
        .thenCompose(next -> queryRest(rest, next, memory, items));
  }
}
