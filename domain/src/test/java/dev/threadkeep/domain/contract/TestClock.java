package dev.threadkeep.domain.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, and only ever forwards: tests that share it may
 * run at the same time, when they ask for no more than "not before".
 */
public final class TestClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  /** A clock that begins at some instant whose fraction has six digits. */
  public TestClock() {
    this(new AtomicReference<>(Instant.parse("2026-05-17T10:00:00.123456Z")), ZoneOffset.UTC);
  }

  private TestClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** Moves the clock, and gives the time after the move. */
  public Instant advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("this clock only moves forwards, not by " + step);
    }
    return now.updateAndGet(instant -> instant.plus(step));
  }

  /** Moves the clock by a second, and gives the time after the move. */
  public Instant tick() {
    return advance(Duration.ofSeconds(1));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new TestClock(now, other);
  }
}
