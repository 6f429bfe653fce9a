package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.AttributeType;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.WrappedTableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of the table as entities of the domain. The enhanced client's own schema reads and writes
 * the attributes that the domain knows; this wrapper keeps the others, and those that are null or
 * of another type, in the entity's {@code other}.
 *
 * <p>The ids come from the keys, where they always are. An item that is no whole entity is read as
 * nothing.
 */
final class ItemSchema<E, B>
    extends WrappedTableSchema<E, StaticImmutableTableSchema<E, Draft<E, B>>> {
  /** Under this name, which no item has, the inner schema is handed what it does not know. */
  private static final String OTHER = "\0";

  private final Set<String> required;
  private final Map<String, AttributeValue> standIns;
  private final Set<String> known;
  private final Set<String> hidden;

  /** Gives a builder the ids that a key holds, as far as it holds them. */
  @FunctionalInterface
  interface Identity<B> {
    void into(B builder, ItemKey key);
  }

  /**
   * A schema.
   *
   * @param keyOf gives the key of an entity
   * @param required the attributes without which an item is no whole entity
   * @param standIns what is stored where an attribute is absent, because Chainlit's reader wants it
   *     to be there
   */
  ItemSchema(
      EntitySchema<E, B> entity,
      EnhancedType<E> type,
      EnhancedType<Draft<E, B>> draftType,
      Function<E, ItemKey> keyOf,
      Identity<B> identity,
      Set<String> required,
      Map<String, AttributeValue> standIns) {
    super(
        inner(entity, StaticImmutableTableSchema.builder(type, draftType), keyOf)
            .newItemBuilder(() -> new Draft<>(entity), draft -> draft.build(identity))
            .build());
    this.required = required;
    this.standIns = standIns;
    this.known = Set.copyOf(delegateTableSchema().attributeNames());
    this.hidden = new HashSet<>(Keys.HIDDEN);
    hidden.add(Keys.EXPIRES_AT); // where it is no number, it is nothing
    entity.attributes().stream().filter(Expiry::is).map(Attribute::name).forEach(hidden::add);
  }

  /** The entity that an item holds, or null when it holds no whole one. */
  @Override
  public @Nullable E mapToItem(Map<String, AttributeValue> item) {
    if (!item.keySet().containsAll(required)) {
      return null;
    }
    Map<String, AttributeValue> understood = new HashMap<>(2 * item.size());
    Map<String, AttributeValue> other = new HashMap<>();
    item.forEach(
        (name, value) -> {
          if (!value.equals(standIns.get(name))) {
            boolean isOther = !known.contains(name) || value.type() == AttributeValue.Type.NUL;
            (isOther ? other : understood).put(name, value);
          }
        });
    other.keySet().removeAll(hidden);
    understood.put(OTHER, AttributeValue.fromM(other));
    try {
      return delegateTableSchema().mapToItem(understood);
    } catch (IllegalStateException withoutItsId) {
      return null;
    }
  }

  @Override
  public @Nullable E mapToItem(Map<String, AttributeValue> item, boolean preserveEmptyObject) {
    return mapToItem(item);
  }

  /** The entity that an item holds, or nothing when it holds no whole one. */
  Optional<E> read(Map<String, AttributeValue> item) {
    return Optional.ofNullable(mapToItem(item));
  }

  /**
   * The entity that an item holds which we have just written.
   *
   * @throws DataLayerException {@link ErrorCode#CORRUPT} when it holds no whole one
   */
  E entityOf(Map<String, AttributeValue> item) {
    return read(item)
        .orElseThrow(
            () -> new DataLayerException(ErrorCode.CORRUPT, ItemKey.of(item) + " is incomplete"));
  }

  /** The item of an entity with its key, in the form in which we write it. */
  @Override
  public Map<String, AttributeValue> itemToMap(E value, boolean ignoreNulls) {
    Map<String, AttributeValue> item = new HashMap<>(delegateTableSchema().itemToMap(value, true));
    AttributeValue other = item.remove(OTHER);
    if (other != null) {
      other.m().forEach(item::putIfAbsent);
    }
    item.values().removeIf(attribute -> attribute.type() == AttributeValue.Type.NUL);
    standIns.forEach(item::putIfAbsent);
    return item;
  }

  /** What is stored where attributes are absent, by their names. */
  Map<String, AttributeValue> standIns() {
    return standIns;
  }

  /** What is stored where an attribute is absent; nothing for most. */
  Optional<AttributeValue> standIn(String attribute) {
    return Optional.ofNullable(standIns.get(attribute));
  }

  private static <E, B> StaticImmutableTableSchema.Builder<E, Draft<E, B>> inner(
      EntitySchema<E, B> entity,
      StaticImmutableTableSchema.Builder<E, Draft<E, B>> schema,
      Function<E, ItemKey> keyOf) {
    schema.addAttribute(
        String.class,
        a ->
            a.name(Keys.PK)
                .tags(StaticAttributeTags.primaryPartitionKey())
                .getter(value -> keyOf.apply(value).partition())
                .setter(Draft::partition));
    schema.addAttribute(
        String.class,
        a ->
            a.name(Keys.SK)
                .tags(StaticAttributeTags.primarySortKey())
                .getter(value -> keyOf.apply(value).sort())
                .setter(Draft::sort));
    schema.addAttribute(
        JsonValue.class,
        a ->
            a.name(OTHER)
                .attributeConverter(JsonConverter.INSTANCE)
                .getter(entity::other)
                .setter(Draft::keep));
    entity.attributes().forEach(attribute -> add(schema, attribute));
    return schema;
  }

  private static <E, B, T> void add(
      StaticImmutableTableSchema.Builder<E, Draft<E, B>> schema, Attribute<E, B, T> attribute) {
    if (Expiry.is(attribute)) {
      addExpiry(schema, attribute);
      return;
    }
    boolean isInKeys = attribute.access() == Access.IDENTITY;
    schema.addAttribute(
        JsonValue.class,
        a ->
            a.name(attribute.name())
                .attributeConverter(JsonConverter.INSTANCE)
                .getter(value -> write(attribute, value).orElse(null))
                .setter(
                    (draft, json) -> {
                      if (!isInKeys) {
                        draft.read(attribute, json);
                      }
                    }));
  }

  private static <E, B> void addExpiry(
      StaticImmutableTableSchema.Builder<E, Draft<E, B>> schema, Attribute<E, B, ?> attribute) {
    schema.addAttribute(
        JsonValue.class,
        a ->
            a.name(Keys.EXPIRES_AT)
                .attributeConverter(JsonConverter.INSTANCE)
                .getter(value -> attribute.write(value).map(Expiry::toNumber).orElse(null))
                .setter(
                    (draft, json) ->
                        Expiry.toTime(json).ifPresent(time -> draft.read(attribute, time))));
  }

  private static <E, T> Optional<JsonValue> write(Attribute<E, ?, T> attribute, E value) {
    Optional<JsonValue> json = attribute.write(value);
    return attribute.type() == AttributeType.TIME ? json.map(ItemSchema::normalize) : json;
  }

  private static JsonValue normalize(JsonValue time) {
    return AttributeType.TIME
        .read(time)
        .flatMap(Timestamp::normalized)
        .map(AttributeType.TIME::write)
        .orElse(time);
  }
}
