package dev.threadkeep.domain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Chainlit's data layer wrote into a table, and what it answered from it. */
final class ChainlitTable {
  private final JsonObject file;

  private ChainlitTable(JsonObject file) {
    this.file = file;
  }

  static ChainlitTable read() {
    try (InputStream in = ChainlitTable.class.getResourceAsStream("/chainlit-table.json");
        JsonParser parser = new JsonFactory().createParser(in)) {
      return new ChainlitTable((JsonObject) read(parser, parser.nextToken()));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** The items as plain JSON, keys included. */
  List<JsonObject> items() {
    return array("items").stream().map(item -> plainObject((JsonObject) item)).toList();
  }

  /** The threads as {@code get_thread} gave them. */
  List<JsonObject> threads() {
    return ((JsonObject) file.get("getThread").orElseThrow())
        .members().values().stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList();
  }

  private List<JsonValue> array(String name) {
    return ((JsonValue.Array) file.get(name).orElseThrow()).items();
  }

  private static JsonObject plainObject(JsonObject typed) {
    Map<String, JsonValue> plain = new LinkedHashMap<>();
    typed.members().forEach((name, value) -> plain.put(name, plain((JsonObject) value)));
    return new JsonObject(plain);
  }

  /** DynamoDB writes a value as an object whose only member is named after its type. */
  private static JsonValue plain(JsonObject typed) {
    Map.Entry<String, JsonValue> entry = typed.members().entrySet().iterator().next();
    JsonValue value = entry.getValue();
    return switch (entry.getKey()) {
      case "S", "BOOL" -> value;
      case "N" -> JsonValue.of(new BigDecimal(((JsonValue.Text) value).value()));
      case "NULL" -> JsonValue.Null.NULL;
      case "M" -> plainObject((JsonObject) value);
      case "L" ->
          new JsonValue.Array(
              ((JsonValue.Array) value)
                  .items().stream().map(item -> plain((JsonObject) item)).toList());
      default -> throw new AssertionError("type " + entry.getKey());
    };
  }

  private static JsonValue read(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          members.put(name, read(parser, parser.nextToken()));
        }
        yield new JsonObject(members);
      }
      case START_ARRAY -> {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(read(parser, next));
        }
        yield new JsonValue.Array(items);
      }
      case VALUE_STRING -> JsonValue.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonValue.of(parser.getDecimalValue());
      case VALUE_TRUE -> JsonValue.of(true);
      case VALUE_FALSE -> JsonValue.of(false);
      default -> JsonValue.Null.NULL;
    };
  }
}
