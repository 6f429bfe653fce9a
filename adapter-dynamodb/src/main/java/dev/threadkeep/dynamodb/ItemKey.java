package dev.threadkeep.dynamodb;

import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item. */
record ItemKey(String partition, String sort) {
  private static final int PARTITION_BYTES = 2_048;
  private static final int SORT_BYTES = 1_024;

  /** The key of an item that was read. */
  static ItemKey of(Map<String, AttributeValue> item) {
    return new ItemKey(Keys.text(item, Keys.PK), Keys.text(item, Keys.SK));
  }

  /** As the low-level client wants it. */
  Map<String, AttributeValue> attributes() {
    return Map.of(Keys.PK, AttributeValue.fromS(partition), Keys.SK, AttributeValue.fromS(sort));
  }

  /** As the enhanced client wants it. */
  Key key() {
    return Key.builder().partitionValue(partition).sortValue(sort).build();
  }

  /** Whether DynamoDB can hold an item of this key; it refuses even to look for another one. */
  boolean isPossible() {
    return isText(partition, PARTITION_BYTES) && isText(sort, SORT_BYTES);
  }

  /** Not empty, Unicode (an unpaired surrogate would become another character), not too long. */
  private static boolean isText(String text, int limit) {
    return !text.isEmpty()
        && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE)
        && ItemSize.of(text) <= limit;
  }

  /** What the item is called in messages: {@code step s-1}. */
  @Override
  public String toString() {
    return Keys.describe(this);
  }
}
