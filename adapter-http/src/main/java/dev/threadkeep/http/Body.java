package dev.threadkeep.http;

import dev.threadkeep.domain.AttributeType;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that a caller sent. What is asked of it is there and of its type, or a {@link
 * DataLayerException} says what is wrong where. A null is as good as absent.
 *
 * @param path where it lies in what was sent: empty, or {@code feedback.}
 */
record Body(JsonObject json, String path) {
  /**
   * The body as it was sent.
   *
   * @throws RefusedException when it is not JSON
   */
  static Body parse(byte[] utf8) {
    return new Body(object("body", json(utf8)), "");
  }

  private static JsonValue json(byte[] utf8) {
    try {
      return JsonText.parse(utf8);
    } catch (DataLayerException notJson) {
      throw RefusedException.malformed(notJson);
    }
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return value(name).map(value -> read(AttributeType.CONTENT, name, value));
  }

  int whole(String name) {
    long number = read(AttributeType.WHOLE, name, value(name).orElseThrow(() -> missing(name)));
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  boolean flag(String name) {
    return read(AttributeType.FLAG, name, value(name).orElseThrow(() -> missing(name)));
  }

  Body object(String name) {
    return optionalObject(name).orElseThrow(() -> missing(name));
  }

  Optional<Body> optionalObject(String name) {
    return value(name).map(value -> new Body(object(path + name, value), path + name + "."));
  }

  /** The objects of a list. */
  List<JsonObject> objects(String name) {
    if (!(value(name).orElseThrow(() -> missing(name)) instanceof JsonValue.Array array)) {
      throw DataLayerException.invalid(path + name, "must be a list");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue item : array.items()) {
      objects.add(object(path + name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  Optional<JsonValue> value(String name) {
    return json.get(name).filter(value -> !(value instanceof JsonValue.Null));
  }

  /** What it says of these members alone. */
  JsonObject only(List<String> names) {
    JsonObject taken = JsonObject.empty();
    for (String name : names) {
      JsonObject before = taken;
      taken = value(name).map(value -> before.with(name, value)).orElse(before);
    }
    return taken;
  }

  /** The same, without ids that repeat what the address says. */
  Body withoutIds(Map<String, String> ids) {
    JsonObject rest = json;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      checkId(id.getKey(), id.getValue());
      rest = rest.without(id.getKey());
    }
    return new Body(rest, path);
  }

  /** The same, with the ids that the address says; the body may repeat them. */
  JsonObject withIds(Map<String, String> ids) {
    JsonObject result = withoutIds(ids).json();
    for (Map.Entry<String, String> id : ids.entrySet()) {
      result = result.with(id.getKey(), JsonValue.of(id.getValue()));
    }
    return result;
  }

  private void checkId(String name, String id) {
    if (value(name).filter(given -> !given.equals(JsonValue.of(id))).isPresent()) {
      throw DataLayerException.invalid(path + name, "must be the one of the address, " + id);
    }
  }

  private <T> T read(AttributeType<T> type, String name, JsonValue value) {
    return type.read(value)
        .orElseThrow(() -> DataLayerException.invalid(path + name, "must be " + type.expected()));
  }

  private DataLayerException missing(String name) {
    return DataLayerException.invalid(path + name, "is missing");
  }

  private static JsonObject object(String where, JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw DataLayerException.invalid(where, "must be an object");
  }
}
