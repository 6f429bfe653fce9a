package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a step stays in its item, and which of its values are too large for that.
 *
 * @param item the attributes as they stay, previews of large values among them
 * @param large the names of the attributes whose values go elsewhere
 */
record StepLayout(JsonObject item, Set<String> large) {
  /**
   * An item that would be larger than this, in bytes, gives large values away. Between this and
   * what DynamoDB can hold there is room for what others add, such as feedback.
   */
  static final long THRESHOLD = 300 * 1_024;

  private static final List<String> CANDIDATES =
      List.of(
          StepAttributes.OUTPUT.name(),
          StepAttributes.INPUT.name(),
          StepAttributes.GENERATION.name(),
          StepAttributes.METADATA.name());

  /** Gives away the largest values, one after the other, until the rest is small enough. */
  static StepLayout of(ItemKey key, JsonObject step) {
    return of(key, step, Set.of());
  }

  /**
   * The same for a step with some previews in it already.
   *
   * @param previews the names of their attributes, which stay as they are: of a preview's preview
   *     nobody would find the whole
   */
  static StepLayout of(ItemKey key, JsonObject step, Set<String> previews) {
    JsonObject item = step;
    Set<String> large = new HashSet<>();
    while (size(key, item) > THRESHOLD) {
      Optional<String> largest = largest(item, previews, large);
      if (largest.isEmpty()) {
        break;
      }
      large.add(largest.get());
      item = item.with(largest.get(), preview(item, largest.get()));
    }
    return new StepLayout(item, Set.copyOf(large));
  }

  /**
   * Checks that DynamoDB can hold the rest.
   *
   * @throws DataLayerException {@code TOO_LARGE} when not
   */
  void check() {
    ItemSize.check(StepAttributes.SCHEMA.entity(), JsonConverter.toAttributes(item));
  }

  private static Optional<String> largest(JsonObject item, Set<String> previews, Set<String> gone) {
    return CANDIDATES.stream()
        .filter(name -> !previews.contains(name) && !gone.contains(name))
        .filter(name -> saving(item, name) > 0)
        .max(Comparator.comparingLong(name -> saving(item, name)));
  }

  /** Bytes of the item that a preview in the place of a value makes free. */
  private static long saving(JsonObject item, String name) {
    return item.get(name).isEmpty()
        ? 0
        : size(name, item.get(name).get()) - size(name, preview(item, name));
  }

  private static JsonValue preview(JsonObject item, String name) {
    return Preview.of(item.get(name).orElse(JsonValue.Null.NULL));
  }

  private static long size(String name, JsonValue value) {
    return ItemSize.of(Map.of(name, JsonConverter.toAttribute(value)));
  }

  private static long size(ItemKey key, JsonObject item) {
    return ItemSize.of(key.attributes()) + ItemSize.of(JsonConverter.toAttributes(item));
  }
}
