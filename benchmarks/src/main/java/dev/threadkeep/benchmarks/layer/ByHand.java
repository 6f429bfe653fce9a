package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The requests that our layer makes, made of the low-level client alone: no checks, no errors
 * translated, and nothing done with what comes back. This is the least that the work can cost.
 */
final class ByHand {
  private final DynamoDbAsyncClient client;
  private final String table;

  ByHand(DynamoDbAsyncClient client, String table) {
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
    return update(
        thread, id, Expressions.CREATE, Expressions.CREATE_IF, Expressions.CREATED, values);
  }

  private CompletionStage<?> update(
      ThreadId thread,
      StepId step,
      String expression,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    return client.updateItem(
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key(thread, "STEP#" + step.value()))
            .updateExpression(expression)
            .conditionExpression(condition)
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build());
  }

  private static Map<String, AttributeValue> key(ThreadId thread, String sort) {
    return Map.of("PK", text("THREAD#" + thread.value()), "SK", text(sort));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
