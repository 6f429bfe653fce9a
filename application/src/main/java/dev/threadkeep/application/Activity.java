package dev.threadkeep.application;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.port.ThreadRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a thread to the top of its owner's list when a message is written: at once after a pause,
 * and then at most once in an interval for each thread, because on DynamoDB the move costs more
 * than most messages.
 */
final class Activity {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.application");

  /** Threads remembered at most; forgetting one early costs a move, nothing else. */
  private static final int REMEMBERED = 100_000;

  private final ThreadRepository threads;
  private final Clock clock;
  private final Duration interval;

  /** When each thread was last moved, the longest ago first. */
  private final Map<ThreadId, Instant> moved = new LinkedHashMap<>();

  Activity(ThreadRepository threads, Clock clock, Duration interval) {
    this.threads = threads;
    this.clock = clock;
    this.interval = interval;
  }

  /** Whether writing this step makes its thread active. */
  static boolean isMessage(Step step) {
    return step.type().map(StepType::isMessage).orElse(false);
  }

  /** To be called when a thread was created: it is at the top now. */
  void created(ThreadId thread) {
    claim(thread, clock.instant());
  }

  /** To be called when a thread was deleted. */
  synchronized void deleted(ThreadId thread) {
    moved.remove(thread);
  }

  /**
   * Moves the thread, if it is time to. The message is written already, so a failure is logged and
   * not the caller's.
   */
  CompletionStage<Void> messageWritten(ThreadId thread) {
    Instant now = clock.instant();
    if (!claim(thread, now)) {
      return CompletableFuture.completedStage(null);
    }
    return threads
        .touch(thread, Timestamp.of(now))
        .exceptionally(
            failure -> {
              log.warn("thread {} keeps its place in the list: {}", thread, failure.getMessage());
              deleted(thread);
              return null;
            });
  }

  private synchronized boolean claim(ThreadId thread, Instant now) {
    Iterator<Instant> longestAgo = moved.values().iterator();
    while (longestAgo.hasNext()
        && (!longestAgo.next().plus(interval).isAfter(now) || moved.size() >= REMEMBERED)) {
      longestAgo.remove();
    }
    return moved.putIfAbsent(thread, now) == null;
  }
}
