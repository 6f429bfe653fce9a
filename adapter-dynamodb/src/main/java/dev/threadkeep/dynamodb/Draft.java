package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** An entity while its item is read: the builder, and what does not fit the builder. */
final class Draft<E, B> {
  private final EntitySchema<E, B> entity;
  private final B builder;
  private final Map<String, JsonValue> other = new LinkedHashMap<>();

  Draft(EntitySchema<E, B> entity) {
    this.entity = entity;
    this.builder = entity.newBuilder();
  }

  /** Takes an attribute, or keeps it aside when it is of another type. */
  void read(Attribute<E, B, ?> attribute, JsonValue json) {
    boolean isMetadata = attribute.name().equals(EntitySchema.METADATA);
    if (!attribute.read(builder, isMetadata ? parse(json) : json)) {
      other.put(attribute.name(), json);
    }
  }

  /** Keeps an attribute that the entity does not know. */
  void keep(String name, JsonValue unknown) {
    other.put(name, unknown);
  }

  /**
   * The entity.
   *
   * @throws IllegalStateException when an id is missing
   */
  E build(ItemSchema.Identity<B> identity, ItemKey key) {
    identity.into(builder, key);
    entity.setOther(builder, other.isEmpty() ? JsonObject.empty() : new JsonObject(other));
    return entity.build(builder);
  }

  /** The metadata that a stored value stands for; empty when it is no object. */
  static JsonObject metadata(JsonValue json) {
    return parse(json) instanceof JsonObject object ? object : JsonObject.empty();
  }

  /** Some writers stored metadata as text: the object that it holds, if it is one. */
  static JsonValue parse(JsonValue json) {
    if (json instanceof JsonValue.Text text) {
      try {
        return JsonText.parse(text.value());
      } catch (DataLayerException notJson) {
        return json;
      }
    }
    return json;
  }
}
