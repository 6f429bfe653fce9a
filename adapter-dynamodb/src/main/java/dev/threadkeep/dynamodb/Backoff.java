package dev.threadkeep.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;

/**
 * How long to wait before that part of a batch which came back is sent again: twice as long each
 * time, and a random part of it, so that many writers do not come back at once.
 *
 * @param delayed an executor that waits so many milliseconds
 * @param random numbers from 0 to 1
 */
record Backoff(LongFunction<Executor> delayed, DoubleSupplier random) {
  /** So often a batch is sent, the first time included. */
  static final int ATTEMPTS = 8;

  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 5_000;

  /** On the JDK's timer. */
  static Backoff standard() {
    return new Backoff(
        millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Ends when it is time for the next attempt, after so many. */
  CompletionStage<Void> pause(int attempts) {
    long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << attempts);
    long millis = (long) (random.getAsDouble() * longest);
    return CompletableFuture.runAsync(() -> {}, delayed.apply(millis));
  }
}
