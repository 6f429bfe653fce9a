package dev.threadkeep.domain;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One attribute of an entity: its name in JSON and in every store, its type, who may write it when,
 * and how an entity gives it and a builder takes it.
 *
 * @param <E> the entity
 * @param <B> the builder of the entity
 * @param <T> the type of the attribute
 */
public record Attribute<E, B, T>(
    String name,
    AttributeType<T> type,
    Access access,
    Function<E, Optional<T>> getter,
    BiConsumer<B, T> setter) {

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
}
