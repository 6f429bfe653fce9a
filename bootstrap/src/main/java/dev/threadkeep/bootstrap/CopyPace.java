package dev.threadkeep.bootstrap;

import dev.threadkeep.application.CopyProgress;
import dev.threadkeep.application.CopyProgress.Phase;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says every few seconds how far a copy is, how fast it goes, and how long it will take. */
final class CopyPace {
  private static final double MEGABYTE = 1_000_000;

  private final ProgressLine line;

  /** Where and when the copying of threads began in this process. */
  private @Nullable CopyProgress start;

  private Duration started = Duration.ZERO;

  CopyPace(ProgressLine line) {
    this.line = line;
  }

  void tell(CopyProgress progress) {
    if (progress.phase() == Phase.THREADS && start == null) {
      start = progress;
      started = line.elapsed();
    }
    line.say(() -> text(progress));
  }

  private String text(CopyProgress progress) {
    return switch (progress.phase()) {
      case COUNT -> String.format(Locale.ROOT, "counting: %,d", progress.planned());
      case USERS -> String.format(Locale.ROOT, "users: %,d", progress.tally().source().users());
      case THREADS -> threads(progress, start == null ? progress : start);
      case TARGET_USERS, TARGET_THREADS, DONE -> "looking for what only the target has";
    };
  }

  private String threads(CopyProgress progress, CopyProgress from) {
    double seconds = Math.max(1, line.elapsed().minus(started).toMillis()) / 1_000.0;
    double rate = (progress.done() - from.done()) / seconds;
    long bytes = progress.tally().source().bytes() - from.tally().source().bytes();
    long todo = Math.max(0, progress.planned() - progress.done());
    String left = rate > 0 ? time(Math.round(todo / rate)) + " left" : "time left unknown";
    return String.format(
        Locale.ROOT,
        "threads, steps, elements and files: %,d of %,d, %,.0f/s, %.1f MB/s of files, %s",
        progress.done(),
        progress.planned(),
        rate,
        bytes / seconds / MEGABYTE,
        left);
  }

  private static String time(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }
}
