package dev.threadkeep.domain.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object: distinct names and their values, in the order they were given. The order does not
 * count when comparing.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The object without members. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** The object with this one member. */
  public static JsonObject of(String name, JsonValue value) {
    return new JsonObject(Map.of(name, value));
  }

  /**
   * The value of a member; a member that is null gives {@link JsonValue.Null#NULL}, one that is
   * missing gives nothing.
   */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** This object with one member added or replaced. */
  public JsonObject with(String name, JsonValue value) {
    Map<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return new JsonObject(changed);
  }

  /** This object without one member. */
  public JsonObject without(String name) {
    Map<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return new JsonObject(changed);
  }

  /**
   * This object with the members of another over it, at the top level only; a null in the other one
   * removes a member.
   */
  public JsonObject merge(JsonObject changes) {
    Map<String, JsonValue> changed = new LinkedHashMap<>(members);
    changes.members.forEach(
        (name, value) -> {
          if (value instanceof Null) {
            changed.remove(name);
          } else {
            changed.put(name, value);
          }
        });
    return new JsonObject(changed);
  }

  @Override
  public boolean isEmpty() {
    return members.isEmpty();
  }
}
