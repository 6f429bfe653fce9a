package dev.threadkeep.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * A point in time as it is stored: ISO 8601 text. What others wrote is kept as it is, even where it
 * is no time at all; what {@link #of(Instant)} makes is UTC with exactly six digits of fraction and
 * {@code Z}.
 */
public record Timestamp(String text) {
  /** From early to late; what is no time comes last, in the order of its text. */
  public static final Comparator<Timestamp> ORDER =
      Comparator.comparing((Timestamp time) -> time.instant().orElse(Instant.MAX))
          .thenComparing(Timestamp::text);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /** The form in which we write, a 0 for each digit. */
  private static final String FORM = "0000-00-00T00:00:00.000000Z";

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** The time in UTC, cut to microseconds. */
  public static Timestamp of(Instant instant) {
    return new Timestamp(WRITTEN.format(instant.truncatedTo(ChronoUnit.MICROS)));
  }

  /**
   * The instant that is meant, if the text is a time: with or without a fraction, with {@code Z},
   * an offset, or neither (then UTC is taken).
   */
  public Optional<Instant> instant() {
    try {
      return Optional.of(isWritten() ? written() : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException withoutOffset) {
      try {
        return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException notATime) {
        return Optional.empty();
      }
    }
  }

  /**
   * The same time as {@link #of(Instant)} writes it, which sorts as text; nothing when this is no
   * time, or none of the years 0000 to 9999.
   */
  public Optional<Timestamp> normalized() {
    return instant()
        .filter(time -> !time.isBefore(FIRST) && time.isBefore(END))
        .map(time -> isWritten() ? this : of(time));
  }

  /** Nearly all are; {@link #written()} takes a twentieth of the time of a parser for all forms. */
  private boolean isWritten() {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      char form = FORM.charAt(i);
      if (form == '0' ? unit < '0' || unit > '9' : unit != form) {
        return false;
      }
    }
    return true;
  }

  private Instant written() {
    return LocalDateTime.of(
            number(0, 4),
            number(5, 7),
            number(8, 10),
            number(11, 13),
            number(14, 16),
            number(17, 19),
            number(20, 26) * 1_000)
        .toInstant(ZoneOffset.UTC);
  }

  private int number(int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  @Override
  public String toString() {
    return text;
  }
}
