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
 * Items of the table as entities of the domain: attributes that the domain does not know, and those
 * that are null or of another type, are in the entity's {@code other}.
 *
 * <p>The ids come from the keys, where they always are. An item that is no whole entity is read as
 * nothing. The enhanced client learns from its own schema what the keys are, and nothing more:
 * reading and writing all attributes through it takes twice the time.
 */
final class ItemSchema<E, B>
    extends WrappedTableSchema<E, StaticImmutableTableSchema<E, Draft<E, B>>> {
  private final EntitySchema<E, B> entity;
  private final Function<E, ItemKey> keyOf;
  private final Identity<B> identity;
  private final Set<String> required;
  private final Map<String, AttributeValue> standIns;
  private final Map<String, Attribute<E, B, ?>> known = new HashMap<>();
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
    super(keys(StaticImmutableTableSchema.builder(type, draftType), keyOf));
    this.entity = entity;
    this.keyOf = keyOf;
    this.identity = identity;
    this.required = required;
    this.standIns = standIns;
    this.hidden = new HashSet<>(Keys.HIDDEN);
    for (Attribute<E, B, ?> attribute : entity.attributes()) {
      known.put(nameOf(attribute), attribute);
      if (Expiry.is(attribute)) {
        hidden.add(Keys.EXPIRES_AT); // where it is no number, it is nothing
        hidden.add(attribute.name());
      }
    }
  }

  /** The entity that an item holds, or null when it holds no whole one. */
  @Override
  public @Nullable E mapToItem(Map<String, AttributeValue> item) {
    if (!item.keySet().containsAll(required)) {
      return null;
    }
    Draft<E, B> draft = new Draft<>(entity);
    item.forEach(
        (name, value) -> {
          if (!value.equals(standIns.get(name))) {
            read(draft, name, value);
          }
        });
    try {
      return draft.build(identity, ItemKey.of(item));
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
    Map<String, AttributeValue> item = new HashMap<>(keyOf.apply(value).attributes());
    for (Attribute<E, B, ?> attribute : entity.attributes()) {
      write(attribute, value)
          .ifPresent(json -> item.put(nameOf(attribute), JsonConverter.toAttribute(json)));
    }
    entity
        .other(value)
        .members()
        .forEach((name, json) -> item.putIfAbsent(name, JsonConverter.toAttribute(json)));
    item.values().removeIf(JsonConverter::isNull);
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

  private static <E, D> StaticImmutableTableSchema<E, D> keys(
      StaticImmutableTableSchema.Builder<E, D> schema, Function<E, ItemKey> keyOf) {
    return schema
        .addAttribute(
            String.class,
            a ->
                a.name(Keys.PK)
                    .tags(StaticAttributeTags.primaryPartitionKey())
                    .getter(value -> keyOf.apply(value).partition())
                    .setter((draft, partition) -> {}))
        .addAttribute(
            String.class,
            a ->
                a.name(Keys.SK)
                    .tags(StaticAttributeTags.primarySortKey())
                    .getter(value -> keyOf.apply(value).sort())
                    .setter((draft, sort) -> {}))
        .build();
  }

  private void read(Draft<E, B> draft, String name, AttributeValue value) {
    Attribute<E, B, ?> attribute = known.get(name);
    if (attribute == null || JsonConverter.isNull(value)) {
      if (!hidden.contains(name)) {
        draft.keep(name, JsonConverter.toJson(value));
      }
    } else if (Expiry.is(attribute)) {
      Expiry.toTime(JsonConverter.toJson(value)).ifPresent(time -> draft.read(attribute, time));
    } else if (attribute.access() != Access.IDENTITY) {
      draft.read(attribute, JsonConverter.toJson(value));
    }
  }

  private static String nameOf(Attribute<?, ?, ?> attribute) {
    return Expiry.is(attribute) ? Keys.EXPIRES_AT : attribute.name();
  }

  private static <E, T> Optional<JsonValue> write(Attribute<E, ?, T> attribute, E value) {
    Optional<JsonValue> json = attribute.write(value);
    if (Expiry.is(attribute)) {
      return json.map(Expiry::toNumber);
    }
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
