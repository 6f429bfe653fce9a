package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The requests that our layer makes, made of the low-level client alone: no checks, no errors
 * translated, and nothing done with what comes back. This is the least that the work can cost.
 */
public final class ByHand {
  private final DynamoDbAsyncClient client;
  private final String table;

  public ByHand(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  CompletionStage<?> createStep(ThreadId thread, StepId id) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put(":0", text(id.value()));
    values.put(":1", text(thread.value()));
    values.put(":2", text(Sample.FIRST.value()));
    values.put(":3", text("Assistant"));
    values.put(":4", text("assistant_message"));
    values.put(":5", AttributeValue.fromBool(false));
    values.put(":6", AttributeValue.fromBool(false));
    values.put(":7", AttributeValue.fromBool(false));
    values.put(":8", AttributeValue.fromL(List.of(text("benchmark"))));
    values.put(":9", text(""));
    values.put(":10", text(Sample.OUTPUT));
    values.put(":11", text(Sample.TIME.text()));
    values.put(":12", text(Sample.TIME.text()));
    values.put(":13", text(Sample.END.text()));
    values.put(":14", text("json"));
    values.put(":15", text("en"));
    values.put(
        ":16",
        AttributeValue.fromM(
            Map.of("model", text("small"), "temperature", AttributeValue.fromN("1"))));
    values.put(":17", AttributeValue.fromM(Map.of()));
    values.put(":18", AttributeValue.fromNul(true));
    return update(stepKey(thread, id), Expressions.CREATE, values);
  }

  CompletionStage<?> updateStep(ThreadId thread, StepId id) {
    return update(
        stepKey(thread, id),
        Expressions.UPDATE,
        Map.of(":0", text(Sample.OUTPUT), ":1", text(Sample.END.text())));
  }

  public CompletionStage<?> getThread(ThreadId thread) {
    return queryAll(query("PK", "THREAD#" + thread.value()), page -> {});
  }

  public CompletionStage<?> listThreads(UserId owner, int limit) {
    return client.query(
        query("UserThreadPK", "USER#" + owner.value())
            .indexName("UserThread")
            .scanIndexForward(false)
            .limit(limit)
            .build());
  }

  CompletionStage<?> author(ThreadId thread) {
    return attributes(thread, Expressions.AUTHOR);
  }

  CompletionStage<?> upsertFeedback(ThreadId thread, StepId step) {
    Map<String, AttributeValue> feedback =
        Map.of(
            "id", text("THREAD#" + thread.value() + "::STEP#" + step.value()),
            "forId", text(step.value()),
            "threadId", text(thread.value()),
            "value", AttributeValue.fromN("1"),
            "comment", text("Good"));
    return update(
            stepKey(thread, step),
            Expressions.FEEDBACK,
            Map.of(":0", AttributeValue.fromM(feedback)))
        .thenCompose(written -> attributes(thread, Expressions.OWNER))
        .thenCompose(found -> list(key(thread, "FEEDBACK#" + step.value()), found.item()))
        .thenCompose(listed -> client.getItem(consistently(stepKey(thread, step))));
  }

  CompletionStage<?> deleteThread(ThreadId thread) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    Map<String, AttributeValue> last = key(thread, "THREAD");
    QueryRequest.Builder all =
        query("PK", "THREAD#" + thread.value())
            .expressionAttributeNames(Expressions.DELETED.names())
            .projectionExpression(Expressions.DELETED.expression());
    return queryAll(all, page -> page.items().forEach(item -> keys.add(keyOf(item))))
        .thenCompose(
            read -> {
              keys.remove(last);
              return new BatchDeletes(client, table, keys).run();
            })
        .thenCompose(removed -> client.deleteItem(deletion(last)));
  }

  private CompletableFuture<?> list(
      Map<String, AttributeValue> entry, Map<String, AttributeValue> thread) {
    String owner = Objects.requireNonNull(thread.get("userId")).s();
    AttributeValue place = Objects.requireNonNull(thread.get("UserThreadSK"));
    return update(entry, Expressions.ENTRY, Map.of(":0", text("FEEDBACK#1#" + owner), ":1", place));
  }

  private DeleteItemRequest deletion(Map<String, AttributeValue> key) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(key)
        .returnValues(ReturnValue.ALL_OLD)
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .build();
  }

  private QueryRequest.Builder query(String key, String value) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#0=:0")
        .expressionAttributeNames(Map.of("#0", key))
        .expressionAttributeValues(Map.of(":0", text(value)))
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
  }

  private CompletableFuture<QueryResponse> queryAll(
      QueryRequest.Builder query, Consumer<QueryResponse> pages) {
    return client
        .query(query.build())
        .thenCompose(
            page -> {
              pages.accept(page);
              return page.lastEvaluatedKey().isEmpty()
                  ? CompletableFuture.completedFuture(page)
                  : queryAll(query.exclusiveStartKey(page.lastEvaluatedKey()), pages);
            });
  }

  private GetItemRequest consistently(Map<String, AttributeValue> key) {
    return GetItemRequest.builder()
        .tableName(table)
        .key(key)
        .consistentRead(true)
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .build();
  }

  private CompletableFuture<GetItemResponse> attributes(
      ThreadId thread, Expressions.Named attributes) {
    return client.getItem(
        GetItemRequest.builder()
            .tableName(table)
            .key(key(thread, "THREAD"))
            .projectionExpression(attributes.expression())
            .expressionAttributeNames(attributes.names())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build());
  }

  private CompletableFuture<?> update(
      Map<String, AttributeValue> key,
      Expressions.Named update,
      Map<String, AttributeValue> values) {
    return client.updateItem(
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key)
            .updateExpression(update.expression())
            .conditionExpression(update.condition())
            .expressionAttributeNames(update.names())
            .expressionAttributeValues(values)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build());
  }

  private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    return Map.of("PK", item.get("PK"), "SK", item.get("SK"));
  }

  private static Map<String, AttributeValue> stepKey(ThreadId thread, StepId step) {
    return key(thread, "STEP#" + step.value());
  }

  private static Map<String, AttributeValue> key(ThreadId thread, String sort) {
    return Map.of("PK", text("THREAD#" + thread.value()), "SK", text(sort));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
