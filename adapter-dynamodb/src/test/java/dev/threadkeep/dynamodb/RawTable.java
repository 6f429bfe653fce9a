package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The items of a table as others write and see them, in DynamoDB's own JSON. */
public final class RawTable {
  private static final int BATCH = 25;

  private final DynamoDbAsyncClient client = DynamoDbLocal.client();
  private final String table;

  /** The table of this name, on the engine of the tests. */
  public RawTable(String table) {
    this.table = table;
  }

  /** Writes an item: {@code {"PK": {"S": "THREAD#t"}, …}}. */
  public void put(JsonValue item) {
    Map<String, AttributeValue> attributes = attributes(item);
    client.putItem(it -> it.tableName(table).item(attributes)).join();
  }

  /** Writes an item: its keys, and its other attributes in DynamoDB's JSON with ' for ". */
  void put(String partition, String sort, String attributes) {
    JsonObject item = (JsonObject) JsonText.parse(attributes.replace('\'', '"'));
    put(
        item.with("PK", JsonObject.of("S", JsonValue.of(partition)))
            .with("SK", JsonObject.of("S", JsonValue.of(sort))));
  }

  /** Writes many items; their keys differ. */
  void putAll(List<Map<String, AttributeValue>> items) {
    for (int i = 0; i < items.size(); i += BATCH) {
      List<WriteRequest> puts =
          items.subList(i, Math.min(items.size(), i + BATCH)).stream()
              .map(item -> WriteRequest.builder().putRequest(it -> it.item(item)).build())
              .toList();
      client.batchWriteItem(it -> it.requestItems(Map.of(table, puts))).join();
    }
  }

  void delete(String partition, String sort) {
    client
        .deleteItem(it -> it.tableName(table).key(new ItemKey(partition, sort).attributes()))
        .join();
  }

  /** The item of a key; empty when there is none. */
  Map<String, AttributeValue> get(String partition, String sort) {
    return client
        .getItem(it -> it.tableName(table).key(new ItemKey(partition, sort).attributes()))
        .join()
        .item();
  }

  /** All items. */
  List<Map<String, AttributeValue>> scan() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    client.scanPaginator(it -> it.tableName(table)).items().subscribe(items::add).join();
    return items;
  }

  private static Map<String, AttributeValue> attributes(JsonValue json) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    ((JsonObject) json)
        .members()
        .forEach((name, typed) -> attributes.put(name, attribute((JsonObject) typed)));
    return attributes;
  }

  private static AttributeValue attribute(JsonObject typed) {
    Map.Entry<String, JsonValue> value = typed.members().entrySet().iterator().next();
    return switch (value.getKey()) {
      case "S" -> AttributeValue.fromS(text(value.getValue()));
      case "N" -> AttributeValue.fromN(text(value.getValue()));
      case "B" -> AttributeValue.fromB(SdkBytes.fromUtf8String(text(value.getValue())));
      case "BOOL" -> AttributeValue.fromBool(((JsonValue.Bool) value.getValue()).value());
      case "NULL" -> AttributeValue.fromNul(true);
      case "M" -> AttributeValue.fromM(attributes(value.getValue()));
      case "L" ->
          AttributeValue.fromL(
              items(value.getValue()).stream().map(it -> attribute((JsonObject) it)).toList());
      case "SS" ->
          AttributeValue.fromSs(items(value.getValue()).stream().map(RawTable::text).toList());
      case "NS" ->
          AttributeValue.fromNs(items(value.getValue()).stream().map(RawTable::text).toList());
      default -> throw new IllegalArgumentException(value.getKey());
    };
  }

  private static List<JsonValue> items(JsonValue array) {
    return ((JsonValue.Array) array).items();
  }

  private static String text(JsonValue text) {
    return ((JsonValue.Text) text).value();
  }
}
