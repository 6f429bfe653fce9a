package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.application.Sweep;
import dev.threadkeep.application.Sweep.Swept;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the server sweep from time to time, never twice at once. */
final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.bootstrap");

  /** How long after its start a server sweeps first, if it sweeps no more often than that. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  /** How long the removal of one thread may take that is under way at the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Sweep sweep;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "sweep"));
  private volatile boolean stopped;

  /**
   * @param sweep makes the sweep, which ends when what it is given says so
   */
  Sweeper(Function<BooleanSupplier, Sweep> sweep) {
    this.sweep = sweep.apply(() -> stopped);
  }

  void start(Duration interval) {
    Duration first = interval.compareTo(FIRST) < 0 ? interval : FIRST;
    ScheduledFuture<?> unused = // a sweep tells itself what fails
        thread.scheduleWithFixedDelay(
            this::sweep, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    log.info("expired threads are removed every {}", interval);
  }

  private void sweep() {
    try {
      Swept swept = sweep.run().toCompletableFuture().join();
      log.info(
          "removed {} expired threads, and steps and elements of {} that were gone; {} are left",
          swept.expired(),
          swept.orphans(),
          swept.failed());
    } catch (CompletionException failed) {
      log.warn("expired threads are not all removed; the next sweep goes on", failed.getCause());
    } catch (RuntimeException failed) { // would end the schedule
      log.warn("expired threads are not all removed; the next sweep goes on", failed);
    }
  }

  /** Lets the thread whose removal is under way be removed, and ends. */
  @Override
  public void close() {
    stopped = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("stopped while a thread is removed; the next sweep goes on");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
