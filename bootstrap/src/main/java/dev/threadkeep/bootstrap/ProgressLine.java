package dev.threadkeep.bootstrap;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Says every few seconds how far a long work is, and in the end how long it took. */
final class ProgressLine {
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final Clock clock;
  private final Instant begin;
  private Instant last;

  ProgressLine(PrintWriter err, Clock clock) {
    this.err = err;
    this.clock = clock;
    this.begin = clock.instant();
    this.last = begin;
  }

  /** Says it, unless it has said something just now. */
  synchronized void say(Supplier<String> progress) {
    Instant now = clock.instant();
    if (!now.isBefore(last.plus(BETWEEN))) {
      last = now;
      err.println(progress.get());
    }
  }

  /** Since the work began. */
  Duration elapsed() {
    return Duration.between(begin, clock.instant());
  }

  /** The same in whole seconds. */
  long seconds() {
    return elapsed().toSeconds();
  }
}
