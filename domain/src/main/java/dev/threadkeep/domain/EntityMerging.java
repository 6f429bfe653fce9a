package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** How what is written to an entity meets what is stored of it. */
final class EntityMerging {
  private final Map<String, ? extends Attribute<?, ?, ?>> attributes;

  EntityMerging(Map<String, ? extends Attribute<?, ?, ?>> attributes) {
    this.attributes = attributes;
  }

  JsonObject merge(JsonObject stored, JsonObject written) {
    JsonObject result = stored;
    for (Map.Entry<String, JsonValue> member : normalize(written).members().entrySet()) {
      String name = member.getKey();
      JsonValue value = member.getValue();
      JsonValue before = stored.get(name).orElse(JsonValue.Null.NULL);
      boolean kept =
          value instanceof JsonValue.Null
              || has(name, Access.SEPARATE)
              || (!(before instanceof JsonValue.Null) && isOnce(name))
              || (value.isEmpty() && !before.isEmpty());
      if (!kept) {
        result = result.with(name, mergeMetadata(name, before, value));
      }
    }
    return result;
  }

  JsonObject apply(JsonObject stored, JsonObject changes) {
    JsonObject result = stored;
    for (Map.Entry<String, JsonValue> change : normalize(changes).members().entrySet()) {
      String name = change.getKey();
      JsonValue value = change.getValue();
      result =
          value instanceof JsonValue.Null
              ? result.without(name)
              : result.with(
                  name, mergeMetadata(name, stored.get(name).orElse(JsonValue.Null.NULL), value));
    }
    return result;
  }

  JsonObject normalize(JsonObject written) {
    JsonObject result = written;
    for (Attribute<?, ?, ?> attribute : attributes.values()) {
      Optional<JsonValue> normal = written.get(attribute.name()).flatMap(attribute.type()::normal);
      result = normal.isPresent() ? result.with(attribute.name(), normal.get()) : result;
    }
    return result;
  }

  private static JsonValue mergeMetadata(String name, JsonValue before, JsonValue value) {
    if (!name.equals(EntitySchema.METADATA) || !(value instanceof JsonObject changes)) {
      return value;
    }
    return (before instanceof JsonObject object ? object : JsonObject.empty()).merge(changes);
  }

  private boolean isOnce(String name) {
    return has(name, Access.ONCE) || has(name, Access.IDENTITY);
  }

  private boolean has(String name, Access access) {
    Attribute<?, ?, ?> attribute = attributes.get(name);
    return attribute != null && attribute.access() == access;
  }
}
