package dev.threadkeep.bootstrap.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long threads are kept, where they are not kept for ever.
 *
 * @param ofNewThreads nothing where only those expire that say so
 */
public record ThreadLife(Optional<Duration> ofNewThreads) {
  private static final String EXPLICIT = "explicit";
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static ThreadLife parse(String text) {
    return text.equalsIgnoreCase(EXPLICIT)
        ? new ThreadLife(Optional.empty())
        : new ThreadLife(
            TimeSpan.find(text)
                .filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0)
                .or(
                    () -> {
                      throw Values.must(
                          "be a time from 1m to 36500d, such as 90d, or " + EXPLICIT, text);
                    }));
  }

  /** As it may be written. */
  @Override
  public String toString() {
    return ofNewThreads.map(Duration::toString).orElse(EXPLICIT);
  }
}
