package dev.threadkeep.domain.contract;

import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.json.JsonObject;

/** What an entity keeps without knowing it. */
final class Unknown {
  private Unknown() {}

  /**
   * The attributes that the entity does not know. Some stores write an absent attribute as null or
   * as an empty text, because readers of their table need that; it is left out here.
   */
  static <E> JsonObject of(EntitySchema<E, ?> schema, E entity) {
    JsonObject unknown = schema.other(entity);
    for (var attribute : schema.attributes()) {
      boolean saysNothing =
          unknown.get(attribute.name()).filter(value -> value.isEmpty()).isPresent();
      unknown = saysNothing ? unknown.without(attribute.name()) : unknown;
    }
    return unknown;
  }
}
