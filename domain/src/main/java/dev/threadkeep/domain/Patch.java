package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;

/**
 * Changes to one entity, by the names of attributes. What is absent stays untouched, and what is
 * {@link JsonValue.Null#NULL} is cleared. {@code metadata} is merged: its top-level members follow
 * the same rule, the others stay. Every other attribute is replaced.
 */
public record Patch(JsonObject changes) {
  private static final Patch NONE = new Patch(JsonObject.empty());

  /** The patch that changes nothing. */
  public static Patch none() {
    return NONE;
  }

  /** A patch that sets one attribute: {@code Patch.set(ThreadAttributes.NAME, "Trip")}. */
  public static <T> Patch set(Attribute<?, ?, T> attribute, T value) {
    return NONE.and(attribute, value);
  }

  /** This patch, setting one attribute more. */
  public <T> Patch and(Attribute<?, ?, T> attribute, T value) {
    return new Patch(changes.with(attribute.name(), attribute.type().write(value)));
  }

  /** This patch, clearing one attribute more. */
  public Patch andClear(Attribute<?, ?, ?> attribute) {
    return new Patch(changes.with(attribute.name(), JsonValue.Null.NULL));
  }

  /**
   * Whether there is nothing to do: neither attributes, nor anything in a metadata that is all
   * there is.
   */
  public boolean isNothing() {
    return changes.members().entrySet().stream()
        .allMatch(
            change ->
                change.getKey().equals(EntitySchema.METADATA)
                    && change.getValue().equals(JsonObject.empty()));
  }
}
