package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.AttributeType;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * When a thread expires: in its item a number under a name of our own, which no other writer has
 * for anything else, and elsewhere a time.
 */
final class Expiry {
  private static final String NAME = ThreadAttributes.EXPIRES_AT.name();
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Expiry() {}

  /** Whether an attribute is this one. */
  static boolean is(Attribute<?, ?, ?> attribute) {
    return attribute.type() == AttributeType.SECOND;
  }

  /** The number for a time. */
  static JsonValue toNumber(JsonValue time) {
    return AttributeType.SECOND
        .read(time)
        .<JsonValue>map(it -> JsonValue.of(it.getEpochSecond()))
        .orElse(JsonValue.Null.NULL);
  }

  /** The time of a number; nothing for what is none. */
  static Optional<JsonValue> toTime(JsonValue number) {
    return number instanceof JsonValue.Num num
        ? instant(num.value()).map(Expiry::write)
        : Optional.empty();
  }

  /** Changes of a thread, as they are to be made to its item. */
  static JsonObject inItem(JsonObject changes) {
    return changes
        .get(NAME)
        .map(time -> changes.without(NAME).with(Keys.EXPIRES_AT, toNumber(time)))
        .orElse(changes);
  }

  /** Whether the time of the thread is over that an item holds. */
  static boolean isOver(Map<String, AttributeValue> thread, Instant now) {
    AttributeValue end = thread.get(Keys.EXPIRES_AT);
    return end != null
        && end.n() != null
        && instant(new BigDecimal(end.n())).filter(time -> !time.isAfter(now)).isPresent();
  }

  /** Adds the condition that the thread's time is not over, which it is not where it has none. */
  static Update unlessOver(Update update, Instant now) {
    AttributeValue seconds = AttributeValue.fromN(Long.toString(now.getEpochSecond()));
    return update.onlyIf(
        "NOT %s<=%s".formatted(update.name(Keys.EXPIRES_AT), update.value(seconds)));
  }

  /** What is beyond all times in the past is over, and what is so in the future is no end. */
  private static Optional<Instant> instant(BigDecimal seconds) {
    if (seconds.compareTo(BigDecimal.valueOf(FIRST.getEpochSecond())) < 0) {
      return Optional.of(FIRST);
    }
    return seconds.compareTo(BigDecimal.valueOf(LAST.getEpochSecond())) > 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds.longValue()));
  }

  private static JsonValue write(Instant time) {
    return AttributeType.SECOND.write(time);
  }
}
