package dev.threadkeep.domain;

import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
  private final Supplier<B> newBuilder;
  private final Function<B, E> build;
  private final Function<E, JsonObject> other;
  private final BiConsumer<B, JsonObject> setOther;

  /** In how many objects of an item the entity lies: they count for the depth of free JSON. */
  private final int containersAround;

  private final Map<String, Attribute<E, B, ?>> attributes = new LinkedHashMap<>();

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
    this.containersAround = containersAround;
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
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
    for (Attribute<E, B, ?> attribute : attributes.values()) {
      writeInto(members, attribute, value);
    }
    other.apply(value).members().forEach(members::putIfAbsent);
    return new JsonObject(members);
  }

  /**
   * The entity that stored JSON stands for. Nothing in it is refused but a missing identity.
   *
   * @throws DataLayerException {@link ErrorCode#CORRUPT} when an id is missing
   */
  public E fromStored(JsonObject stored) {
    B builder = newBuilder.get();
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    stored
        .members()
        .forEach(
            (name, value) -> {
              Attribute<E, B, ?> attribute = attributes.get(name);
              if (attribute == null || !readInto(builder, attribute, value)) {
                rest.put(name, value);
              }
            });
    setOther.accept(builder, new JsonObject(rest));
    try {
      return build.apply(builder);
    } catch (IllegalStateException incomplete) {
      throw new DataLayerException(
          ErrorCode.CORRUPT, entity + " without its id: " + incomplete.getMessage(), incomplete);
    }
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
              checkWritable(name, Set.of(Access.IDENTITY, Access.ONCE, Access.OPEN));
              if (!(value instanceof JsonValue.Null)) {
                Attribute<E, B, ?> attribute = attributes.get(name);
                if (attribute == null) {
                  rest.put(name, value);
                } else if (!readInto(builder, attribute, value)) {
                  throw wrongType(attribute, value);
                }
              }
            });
    setOther.accept(builder, new JsonObject(rest));
    E value = buildFromCaller(builder);
    check(value);
    checkIdentity(body, value);
    return value;
  }

  /**
   * Checks an entity that is about to be written.
   *
   * @throws DataLayerException when a value breaks its limit, or {@code other} holds a reserved
   *     name
   */
  public void check(E value) {
    attributes.values().forEach(attribute -> checkAttribute(attribute, value));
    JsonObject unknown = other.apply(value);
    checkCount(unknown);
    unknown
        .members()
        .forEach(
            (name, json) -> {
              Attribute<E, B, ?> attribute = attributes.get(name);
              if (attribute == null) {
                checkUnknown(name, json);
              } else {
                checkMisfit(attribute, json);
              }
            });
  }

  /**
   * Checks a patch that is about to be applied: names, types and limits.
   *
   * @throws DataLayerException when one of them is wrong
   */
  public void check(Patch patch) {
    checkCount(patch.changes());
    patch
        .changes()
        .members()
        .forEach(
            (name, value) -> {
              checkWritable(name, Set.of(Access.OPEN));
              Attribute<E, B, ?> attribute = attributes.get(name);
              if (attribute == null) {
                checkUnknown(name, value);
              } else if (!(value instanceof JsonValue.Null)) {
                checkJson(attribute, value);
              }
            });
  }

  /**
   * What to store when an entity is created over something that may be there already: absent and
   * null attributes stay as they are stored, what is written once stays, an empty value does not
   * replace one that is not, metadata is merged, and all else is replaced. An attribute that is
   * written separately stays, too.
   */
  public JsonObject merge(JsonObject stored, JsonObject written) {
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

  /** What to store when a patch is applied to what is stored. */
  public JsonObject apply(JsonObject stored, Patch patch) {
    JsonObject result = stored;
    for (Map.Entry<String, JsonValue> change : normalize(patch.changes()).members().entrySet()) {
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

  /**
   * Attributes in the form in which we write them: times in UTC with six digits of fraction. {@link
   * #merge} and {@link #apply} do this themselves.
   */
  public JsonObject normalize(JsonObject written) {
    JsonObject result = written;
    for (Attribute<E, B, ?> attribute : attributes.values()) {
      if (attribute.type() == AttributeType.TIME) {
        Optional<JsonValue> normal =
            written
                .get(attribute.name())
                .flatMap(AttributeType.TIME::read)
                .flatMap(Timestamp::normalized)
                .map(AttributeType.TIME::write);
        result = normal.isPresent() ? result.with(attribute.name(), normal.get()) : result;
      }
    }
    return result;
  }

  private static JsonValue mergeMetadata(String name, JsonValue before, JsonValue value) {
    if (!name.equals(METADATA) || !(value instanceof JsonObject changes)) {
      return value;
    }
    return (before instanceof JsonObject object ? object : JsonObject.empty()).merge(changes);
  }

  private boolean isOnce(String name) {
    return has(name, Access.ONCE) || has(name, Access.IDENTITY);
  }

  private boolean has(String name, Access access) {
    Attribute<E, B, ?> attribute = attributes.get(name);
    return attribute != null && attribute.access() == access;
  }

  private <T> void writeInto(
      Map<String, JsonValue> members, Attribute<E, B, T> attribute, E value) {
    attribute
        .getter()
        .apply(value)
        .ifPresent(present -> members.put(attribute.name(), attribute.type().write(present)));
  }

  private static <E, B, T> boolean readInto(
      B builder, Attribute<E, B, T> attribute, JsonValue json) {
    Optional<T> value = attribute.type().read(json);
    value.ifPresent(present -> attribute.setter().accept(builder, present));
    return value.isPresent();
  }

  private <T> void checkAttribute(Attribute<E, B, T> attribute, E value) {
    attribute
        .getter()
        .apply(value)
        .ifPresent(present -> attribute.type().check(attribute.name(), present));
  }

  private static <E, B, T> void checkJson(Attribute<E, B, T> attribute, JsonValue json) {
    attribute
        .type()
        .check(
            attribute.name(),
            attribute.type().read(json).orElseThrow(() -> wrongType(attribute, json)));
  }

  /** What stands under the name of an attribute and does not fit it, or hides it. */
  private <T> void checkMisfit(Attribute<E, B, T> attribute, JsonValue json) {
    attribute
        .type()
        .read(json)
        .ifPresentOrElse(
            value -> attribute.type().check(attribute.name(), value),
            () -> Limits.checkJson(attribute.name(), json, containersAround));
  }

  private E buildFromCaller(B builder) {
    try {
      return build.apply(builder);
    } catch (IllegalStateException incomplete) {
      throw new DataLayerException(
          ErrorCode.INVALID, entity + ": " + incomplete.getMessage(), incomplete);
    }
  }

  /**
   * Some attributes say the same, as {@code id} and {@code identifier}: refused when they do not.
   */
  private void checkIdentity(JsonObject body, E value) {
    JsonObject understood = toJson(value);
    for (Attribute<E, B, ?> attribute : attributes.values()) {
      Optional<JsonValue> given =
          body.get(attribute.name()).filter(json -> !(json instanceof JsonValue.Null));
      if (given.isPresent()
          && isOnce(attribute.name())
          && !given.equals(understood.get(attribute.name()))) {
        throw DataLayerException.invalid(
            attribute.name(), "contradicts what else the " + entity + " says of itself");
      }
    }
  }

  private void checkWritable(String name, Set<Access> allowed) {
    Attribute<E, B, ?> attribute = attributes.get(name);
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

  private static void checkNotReserved(String name) {
    if (RESERVED.contains(name) || name.startsWith(OWN_PREFIX)) {
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

  private static DataLayerException wrongType(Attribute<?, ?, ?> attribute, JsonValue value) {
    return DataLayerException.invalid(
        attribute.name(), "must be " + attribute.type().expected() + ", is " + describe(value));
  }

  private static String describe(JsonValue value) {
    if (value instanceof JsonObject) {
      return "an object";
    } else if (value instanceof JsonValue.Array) {
      return "an array";
    } else if (value instanceof JsonValue.Text text) {
      return text.isEmpty() ? "empty" : "a text";
    } else if (value instanceof JsonValue.Num) {
      return "a number";
    }
    return value instanceof JsonValue.Null ? "null" : "true or false";
  }
}
