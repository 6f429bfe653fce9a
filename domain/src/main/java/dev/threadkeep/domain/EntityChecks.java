package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is refused of an entity that is about to be written, beside the limits of its attributes.
 */
final class EntityChecks {
  /**
   * Names that a caller's unknown attributes may not have, beside the internal attributes of the
   * entities.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "PK",
          "SK",
          "UserThreadPK",
          "UserThreadSK",
          "objectKey",
          "id",
          "threadId",
          "feedback",
          "updatedAt");

  private final String entity;
  private final Map<String, ? extends Attribute<?, ?, ?>> attributes;
  private final int containersAround;

  /**
   * The checks of an entity.
   *
   * @param attributes by their names
   * @param containersAround in how many objects of an item the entity lies: they count for the
   *     depth of free JSON
   */
  EntityChecks(
      String entity, Map<String, ? extends Attribute<?, ?, ?>> attributes, int containersAround) {
    this.entity = entity;
    this.attributes = attributes;
    this.containersAround = containersAround;
  }

  /** Checks what an entity keeps without knowing it. */
  void other(JsonObject other) {
    checkCount(other);
    other
        .members()
        .forEach(
            (name, json) -> {
              Attribute<?, ?, ?> attribute = attributes.get(name);
              if (attribute == null) {
                checkUnknown(name, json);
              } else {
                checkMisfit(attribute, json);
              }
            });
  }

  /** Checks the changes of a patch. */
  void patch(JsonObject changes) {
    checkCount(changes);
    changes
        .members()
        .forEach(
            (name, json) -> {
              writable(name, Set.of(Access.OPEN));
              Attribute<?, ?, ?> attribute = attributes.get(name);
              if (attribute == null) {
                checkUnknown(name, json);
              } else if (!(json instanceof JsonValue.Null)) {
                attribute.checkJson(json);
              }
            });
  }

  /** Checks that a caller may write what has this name. */
  void writable(String name, Set<Access> allowed) {
    Attribute<?, ?, ?> attribute = attributes.get(name);
    if (attribute == null) {
      checkNotReserved(name);
      return;
    }
    if (attribute.access() == Access.INTERNAL || attribute.access() == Access.SEPARATE) {
      throw DataLayerException.invalid(name, "is reserved");
    }
    if (!allowed.contains(attribute.access())) {
      throw DataLayerException.invalid(name, "cannot be changed");
    }
  }

  /**
   * Some attributes say the same, as {@code id} and {@code identifier}: refused when they do not.
   *
   * @param given what the caller said
   * @param understood the entity that came of it
   */
  void identity(JsonObject given, JsonObject understood) {
    for (Attribute<?, ?, ?> attribute : attributes.values()) {
      Optional<JsonValue> said =
          given.get(attribute.name()).filter(json -> !(json instanceof JsonValue.Null));
      boolean isOnce = attribute.access() == Access.IDENTITY || attribute.access() == Access.ONCE;
      if (said.isPresent() && isOnce && !said.equals(understood.get(attribute.name()))) {
        throw DataLayerException.invalid(
            attribute.name(), "contradicts what else the " + entity + " says of itself");
      }
    }
  }

  /** What stands under the name of an attribute and does not fit it, or hides it. */
  private <T> void checkMisfit(Attribute<?, ?, T> attribute, JsonValue json) {
    attribute
        .type()
        .read(json)
        .ifPresentOrElse(
            value -> attribute.type().check(attribute.name(), value),
            () -> Limits.checkJson(attribute.name(), json, containersAround));
  }

  private static void checkNotReserved(String name) {
    if (RESERVED.contains(name) || name.startsWith(EntitySchema.OWN_PREFIX)) {
      throw DataLayerException.invalid(name, "is reserved");
    }
  }

  private void checkCount(JsonObject members) {
    long unknown =
        members.members().keySet().stream().filter(name -> !attributes.containsKey(name)).count();
    if (unknown > Limits.UNKNOWN_ATTRIBUTES) {
      throw DataLayerException.invalid(
          entity, unknown + " unknown attributes, at most " + Limits.UNKNOWN_ATTRIBUTES);
    }
  }

  private void checkUnknown(String name, JsonValue value) {
    checkNotReserved(name);
    Limits.checkName("name of an attribute", name);
    Limits.checkJson(name, value, containersAround);
  }
}
