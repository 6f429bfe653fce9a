package dev.threadkeep.application;

import java.time.Duration;
import java.util.Optional;

/**
 * How long threads are kept.
 *
 * @param threadsExpire whether there are threads that expire; without, nobody may set such an end,
 *     and nothing is read to look for one
 * @param ofNewThreads after what time a thread expires that is made without saying so; nothing when
 *     it stays
 */
public record Retention(boolean threadsExpire, Optional<Duration> ofNewThreads) {
  /** All threads stay. */
  public static Retention none() {
    return new Retention(false, Optional.empty());
  }

  /** Those threads expire that are told to. */
  public static Retention ofThreadsThatSaySo() {
    return new Retention(true, Optional.empty());
  }

  /** A new thread expires after this time, unless it is told otherwise. */
  public static Retention of(Duration span) {
    return new Retention(true, Optional.of(span));
  }
}
