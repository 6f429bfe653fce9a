package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How large DynamoDB takes an item to be: the names and the values of its attributes. */
final class ItemSize {
  /** The largest item, in bytes. */
  static final int LIMIT = 400 * 1_024;

  private static final int CONTAINER = 3;
  private static final int ENTRY = 1;
  private static final int MOST_BYTES_OF_CHAR = 3;

  private static final ItemSize EXACT = new ItemSize(ItemSize::of);

  /** Looks at no character, which is most of the work. */
  private static final ItemSize UPPER_BOUND =
      new ItemSize(text -> MOST_BYTES_OF_CHAR * text.length());

  private final ToIntFunction<String> ofText;

  private ItemSize(ToIntFunction<String> ofText) {
    this.ofText = ofText;
  }

  /** The size of an item, or of some of its attributes, in bytes. */
  static long of(Map<String, AttributeValue> attributes) {
    return EXACT.sum(attributes);
  }

  /** Whether an item, or some of its attributes, has more bytes than a limit. */
  static boolean exceeds(long limit, Map<String, AttributeValue> attributes) {
    return UPPER_BOUND.sum(attributes) > limit && of(attributes) > limit;
  }

  /**
   * Checks an item that is about to be written.
   *
   * @throws DataLayerException {@link ErrorCode#TOO_LARGE} when it is over {@value #LIMIT} bytes;
   *     the message begins with its largest attribute
   */
  static void check(String entity, Map<String, AttributeValue> attributes) {
    if (exceeds(LIMIT, attributes)) {
      Map.Entry<String, AttributeValue> largest =
          attributes.entrySet().stream()
              .max(Comparator.comparingLong(attribute -> EXACT.value(attribute.getValue())))
              .orElseThrow();
      throw new DataLayerException(
          ErrorCode.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s: %,d bytes; the %s would have %,d bytes, at most %,d",
              largest.getKey(),
              EXACT.value(largest.getValue()),
              entity,
              of(attributes),
              LIMIT));
    }
  }

  private long sum(Map<String, AttributeValue> attributes) {
    long size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += ofText.applyAsInt(attribute.getKey()) + value(attribute.getValue());
    }
    return size;
  }

  private long sum(Collection<AttributeValue> values) {
    return values.stream().mapToLong(this::value).sum();
  }

  private long value(AttributeValue value) {
    return switch (value.type()) {
      case S -> ofText.applyAsInt(value.s());
      case N -> digits(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case M -> CONTAINER + (long) ENTRY * value.m().size() + sum(value.m());
      case L -> CONTAINER + (long) ENTRY * value.l().size() + sum(value.l());
      case SS -> value.ss().stream().mapToLong(ofText::applyAsInt).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::digits).sum();
      case BS -> value.bs().stream().mapToLong(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  /**
   * A byte for every two digits, in pairs from the decimal point and without the zeros at both
   * ends, one for the exponent, one for a minus.
   */
  private static long digits(String number) {
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    if (value.signum() == 0) {
      return 1;
    }
    long padded = (long) value.precision() + Math.floorMod(value.scale(), 2);
    return (padded + 1) / 2 + 1 + (value.signum() < 0 ? 1 : 0);
  }

  /** The size of a text, in bytes of UTF-8; an unpaired surrogate has two. */
  static int of(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
      }
    }
    return bytes;
  }
}
