package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonValue;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One attribute of an entity: its name in JSON and in every store, its type, who may write it when,
 * and how an entity gives it and a builder takes it.
 *
 * @param isRequired whether no entity is without it
 * @param <E> the entity
 * @param <B> the builder of the entity
 * @param <T> the type of the attribute
 */
public record Attribute<E, B, T>(
    String name,
    AttributeType<T> type,
    Access access,
    boolean isRequired,
    Function<E, Optional<T>> getter,
    BiConsumer<B, T> setter) {

  /** An attribute that an entity may be without. */
  Attribute(
      String name,
      AttributeType<T> type,
      Access access,
      Function<E, Optional<T>> getter,
      BiConsumer<B, T> setter) {
    this(name, type, access, false, getter, setter);
  }

  /** An attribute that every entity has. */
  static <E, B, T> Attribute<E, B, T> required(
      String name,
      AttributeType<T> type,
      Access access,
      Function<E, T> getter,
      BiConsumer<B, T> setter) {
    return new Attribute<>(
        name, type, access, true, entity -> Optional.of(getter.apply(entity)), setter);
  }

  /** Who may write an attribute, and when. */
  public enum Access {
    /** Part of what the entity is called: given when it is made, and never changed. */
    IDENTITY,
    /** Given when the entity is made, or by the store; kept by every later write. */
    ONCE,
    /** Written by callers at any time. */
    OPEN,
    /** Written by the data layer alone; refused from a caller's JSON. */
    INTERNAL,
    /** Written by a port of its own; every other write keeps what is stored. */
    SEPARATE
  }

  /** The attribute of an entity as JSON; nothing when it is absent. */
  public Optional<JsonValue> write(E entity) {
    return getter.apply(entity).map(type::write);
  }

  /**
   * Gives a builder the value that JSON stands for; false when it is not of the attribute's type.
   */
  public boolean read(B builder, JsonValue json) {
    Optional<T> value = type.read(json);
    value.ifPresent(present -> setter.accept(builder, present));
    return value.isPresent();
  }

  /**
   * Checks the attribute of an entity.
   *
   * @throws DataLayerException when it breaks its limit
   */
  void check(E entity) {
    getter.apply(entity).ifPresent(present -> type.check(name, present));
  }

  /**
   * Checks JSON for the attribute.
   *
   * @throws DataLayerException when it is of another type or breaks the limit
   */
  void checkJson(JsonValue json) {
    type.check(name, type.read(json).orElseThrow(() -> wrongType(json)));
  }

  /** The error about JSON of another type. */
  DataLayerException wrongType(JsonValue json) {
    return DataLayerException.invalid(
        name, "must be " + type.expected() + ", is " + json.description());
  }
}
