package dev.threadkeep.bootstrap.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as people write them: {@code 60s}, {@code 5m}, {@code 1d}, or ISO 8601. */
public final class TimeSpan {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

  private TimeSpan() {}

  /**
   * The span that a text means, which is not negative.
   *
   * @throws IllegalArgumentException when it means none
   */
  public static Duration parse(String text) {
    return find(text.strip())
        .filter(span -> !span.isNegative())
        .orElseThrow(() -> new IllegalArgumentException("must be a time, such as 90s or 5m"));
  }

  /** The span that a text means, if it means one. */
  static Optional<Duration> find(String text) {
    try {
      Matcher span = FORM.matcher(text);
      return Optional.of(
          span.matches()
              ? Duration.of(Long.parseLong(span.group(1)), unit(span.group(2)))
              : Duration.parse(text));
    } catch (DateTimeParseException | ArithmeticException notOne) {
      return Optional.empty();
    }
  }

  private static ChronoUnit unit(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
