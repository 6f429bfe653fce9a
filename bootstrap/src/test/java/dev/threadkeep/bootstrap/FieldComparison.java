package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares JSON down to the last field, and counts the fields. A field that is missing is another
 * one than a field that is null.
 */
final class FieldComparison {
  private static final int SHOWN = 20;

  private final List<String> differences = new ArrayList<>();
  private int fields;

  /** Compares exactly: every digit, every character. */
  void compare(String what, JsonValue expected, JsonValue actual) {
    compare(what, Optional.of(expected), Optional.of(actual));
  }

  /**
   * Compares with what Python answered. Its layer makes a float of each number that it reads, so of
   * a number those digits count that a float holds.
   */
  void compareAsFloats(String what, JsonValue expected, JsonValue actual) {
    compare(what, floats(expected), floats(actual));
  }

  int fields() {
    return fields;
  }

  void assertNoDifference() {
    assertThat(differences.stream().limit(SHOWN))
        .as("%,d of %,d fields differ", differences.size(), fields)
        .isEmpty();
  }

  private void compare(String path, Optional<JsonValue> expected, Optional<JsonValue> actual) {
    if (both(JsonObject.class, expected, actual)) {
      Map<String, JsonValue> left = ((JsonObject) expected.orElseThrow()).members();
      Map<String, JsonValue> right = ((JsonObject) actual.orElseThrow()).members();
      Set<String> names = new LinkedHashSet<>(left.keySet());
      names.addAll(right.keySet());
      names.forEach(name -> compare(path + "." + name, get(left, name), get(right, name)));
    } else if (both(JsonValue.Array.class, expected, actual)) {
      List<JsonValue> left = ((JsonValue.Array) expected.orElseThrow()).items();
      List<JsonValue> right = ((JsonValue.Array) actual.orElseThrow()).items();
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        compare(path + "[" + i + "]", get(left, i), get(right, i));
      }
    } else {
      fields++;
      if (!expected.equals(actual)) {
        differences.add(path + ": expected " + show(expected) + ", is " + show(actual));
      }
    }
  }

  private static boolean both(
      Class<?> type, Optional<JsonValue> expected, Optional<JsonValue> actual) {
    return expected.filter(type::isInstance).isPresent()
        && actual.filter(type::isInstance).isPresent();
  }

  private static Optional<JsonValue> get(Map<String, JsonValue> members, String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static Optional<JsonValue> get(List<JsonValue> items, int index) {
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
  }

  private static String show(Optional<JsonValue> value) {
    String text = value.map(JsonText::write).orElse("missing");
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  private static JsonValue floats(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      object.members().forEach((name, member) -> members.put(name, floats(member)));
      return new JsonObject(members);
    } else if (value instanceof JsonValue.Array array) {
      return new JsonValue.Array(array.items().stream().map(it -> floats(it)).toList());
    }
    return value instanceof JsonValue.Num number
        ? JsonValue.of(new BigDecimal(number.value().doubleValue()))
        : value;
  }
}
