package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes JSON of Java's values and takes it apart, in few words. */
final class Json {
  private Json() {}

  /** An object of names and their values in turn; values as {@link #of} takes them. */
  static JsonObject object(Object... namesAndValues) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], of(namesAndValues[i + 1]));
    }
    return new JsonObject(members);
  }

  /** A text, a flag, a whole number, a list or JSON itself as JSON. */
  static JsonValue of(Object value) {
    if (value instanceof String text) {
      return JsonValue.of(text);
    } else if (value instanceof Boolean flag) {
      return JsonValue.of(flag);
    } else if (value instanceof Integer number) {
      return JsonValue.of(number);
    } else if (value instanceof List<?> list) {
      return new JsonValue.Array(list.stream().map(it -> of(it)).toList());
    }
    return (JsonValue) value;
  }

  static String text(JsonValue object, String name) {
    return ((JsonValue.Text) member(object, name)).value();
  }

  static List<JsonValue> list(JsonValue object, String name) {
    return ((JsonValue.Array) member(object, name)).items();
  }

  static JsonValue member(JsonValue object, String name) {
    return ((JsonObject) object)
        .get(name)
        .orElseThrow(() -> new AssertionError("no " + name + " in " + object));
  }

  static JsonObject without(JsonValue object, Set<String> names) {
    Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) object).members());
    members.keySet().removeAll(names);
    return new JsonObject(members);
  }

  /** An object without the members that are null, as far as its own top level. */
  static JsonObject withoutNulls(JsonValue object) {
    Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) object).members());
    members.values().removeIf(JsonValue.Null.class::isInstance);
    return new JsonObject(members);
  }

  /** One object over another: what the upper one has counts. */
  static JsonObject over(JsonObject lower, JsonObject upper) {
    Map<String, JsonValue> members = new LinkedHashMap<>(lower.members());
    members.putAll(upper.members());
    return new JsonObject(members);
  }
}
