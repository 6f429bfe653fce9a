package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What an entity consists of, and the rules of writing it, in one place for every store and for
 * HTTP: its attributes, their types and limits, what of it a caller may set, and how a write meets
 * what is stored.
 *
 * <p>An entity keeps what its attributes cannot hold under {@code other}: attributes that a later
 * Chainlit adds, attributes that are stored as null, and attributes whose stored value is of
 * another type. So whatever is read is served again as it was.
 *
 * @param <E> the entity
 * @param <B> the builder of the entity
 */
public final class EntitySchema<E, B> {
  /** The attribute whose top-level members are merged by writes. */
  public static final String METADATA = "metadata";

  /** Attributes with this prefix are the data layer's own and never taken from a caller. */
  public static final String OWN_PREFIX = "threadkeep";

  private final String entity;
  private final Supplier<B> newBuilder;
  private final Function<B, E> build;
  private final Function<E, JsonObject> other;
  private final BiConsumer<B, JsonObject> setOther;

  private final Map<String, Attribute<E, B, ?>> attributes = new LinkedHashMap<>();
  private final EntityChecks checks;
  private final EntityMerging merging;

  EntitySchema(
      String entity,
      Supplier<B> newBuilder,
      Function<B, E> build,
      Function<E, JsonObject> other,
      BiConsumer<B, JsonObject> setOther,
      List<Attribute<E, B, ?>> attributes) {
    this(entity, newBuilder, build, other, setOther, attributes, 0);
  }

  EntitySchema(
      String entity,
      Supplier<B> newBuilder,
      Function<B, E> build,
      Function<E, JsonObject> other,
      BiConsumer<B, JsonObject> setOther,
      List<Attribute<E, B, ?>> attributes,
      int containersAround) {
    this.entity = entity;
    this.newBuilder = newBuilder;
    this.build = build;
    this.other = other;
    this.setOther = setOther;
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
    checks = new EntityChecks(entity, this.attributes, containersAround);
    merging = new EntityMerging(this.attributes);
  }

  /** What the entity is called in messages: {@code step}. */
  public String entity() {
    return entity;
  }

  /** The attributes, in the order in which JSON is written. */
  public Collection<Attribute<E, B, ?>> attributes() {
    return attributes.values();
  }

  public B newBuilder() {
    return newBuilder.get();
  }

  public E build(B builder) {
    return build.apply(builder);
  }

  /** The attributes that the entity keeps without knowing them. */
  public JsonObject other(E value) {
    return other.apply(value);
  }

  public void setOther(B builder, JsonObject attributes) {
    setOther.accept(builder, attributes);
  }

  /** The entity as JSON: each attribute that is present, and what it keeps without knowing it. */
  public JsonObject toJson(E value) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    forEachMember(value, members::put);
    return new JsonObject(members);
  }

  /** The members of {@link #toJson}, one after the other. */
  public void forEachMember(E value, BiConsumer<String, JsonValue> members) {
    for (Attribute<E, B, ?> attribute : attributes.values()) {
      attribute.write(value).ifPresent(json -> members.accept(attribute.name(), json));
    }
    other
        .apply(value)
        .members()
        .forEach(
            (name, json) -> {
              Attribute<E, B, ?> known = attributes.get(name);
              if (known == null || known.write(value).isEmpty()) {
                members.accept(name, json);
              }
            });
  }

  /**
   * The entity that stored JSON stands for. It is refused only when an attribute is missing without
   * which there is no entity.
   *
   * @throws DataLayerException {@link ErrorCode#CORRUPT} when such an attribute is missing
   */
  public E fromStored(JsonObject stored) {
    return fromStored(stored.members()::forEach);
  }

  /**
   * {@link #fromStored(JsonObject)} for members that are read one after the other.
   *
   * @param members gives each of them to what it is given
   */
  public E fromStored(Consumer<BiConsumer<String, JsonValue>> members) {
    B builder = newBuilder.get();
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    members.accept(
        (name, value) -> {
          Attribute<E, B, ?> attribute = attributes.get(name);
          if (attribute == null || !attribute.read(builder, value)) {
            rest.put(name, value);
          } else if (attribute.isRequired()) {
            given.add(name);
          }
        });
    setOther.accept(builder, rest.isEmpty() ? JsonObject.empty() : new JsonObject(rest));
    return build(
        builder,
        given::contains,
        missing -> new DataLayerException(ErrorCode.CORRUPT, entity + " without its " + missing));
  }

  /**
   * The entity that a caller's JSON stands for, its limits checked. A null is as good as absent.
   *
   * @throws DataLayerException when an attribute is reserved, of another type, missing, beyond its
   *     limit, or says something else than the ids do
   */
  public E fromCaller(JsonObject body) {
    B builder = newBuilder.get();
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    body.members()
        .forEach(
            (name, value) -> {
              checks.writable(name, Set.of(Access.IDENTITY, Access.ONCE, Access.OPEN));
              if (!(value instanceof JsonValue.Null)) {
                Attribute<E, B, ?> attribute = attributes.get(name);
                if (attribute == null) {
                  rest.put(name, value);
                } else if (!attribute.read(builder, value)) {
                  throw attribute.wrongType(value);
                }
              }
            });
    setOther.accept(builder, new JsonObject(rest));
    E value =
        build(
            builder,
            name -> !(body.get(name).orElse(JsonValue.Null.NULL) instanceof JsonValue.Null),
            missing -> DataLayerException.invalid(missing, "is missing"));
    check(value);
    checks.identity(body, toJson(value));
    return value;
  }

  /**
   * Checks an entity that is about to be written.
   *
   * @throws DataLayerException when a value breaks its limit, or {@code other} holds a reserved
   *     name
   */
  public void check(E value) {
    attributes.values().forEach(attribute -> attribute.check(value));
    checks.other(other.apply(value));
  }

  /**
   * Checks a patch that is about to be applied: names, types and limits.
   *
   * @throws DataLayerException when one of them is wrong
   */
  public void check(Patch patch) {
    checks.patch(patch.changes());
  }

  /**
   * What to store when an entity is created over something that may be there already: absent and
   * null attributes stay as they are stored, what is written once stays, an empty value does not
   * replace one that is not, metadata is merged, and all else is replaced. An attribute that is
   * written separately stays, too.
   */
  public JsonObject merge(JsonObject stored, JsonObject written) {
    return merging.merge(stored, written);
  }

  /** What to store when a patch is applied to what is stored. */
  public JsonObject apply(JsonObject stored, Patch patch) {
    return merging.apply(stored, patch.changes());
  }

  /**
   * Attributes in the form in which we write them; see {@link AttributeType#normal}. {@link #merge}
   * and {@link #apply} do this themselves.
   */
  public JsonObject normalize(JsonObject written) {
    return merging.normalize(written);
  }

  /** The entity of what was given; the error is about the first attribute that it lacks. */
  private E build(
      B builder, Predicate<String> isGiven, Function<String, DataLayerException> error) {
    try {
      return build.apply(builder);
    } catch (IllegalStateException incomplete) {
      throw attributes.values().stream()
          .filter(Attribute::isRequired)
          .map(Attribute::name)
          .filter(isGiven.negate())
          .findFirst()
          .<RuntimeException>map(error)
          .orElse(incomplete);
    }
  }
}
