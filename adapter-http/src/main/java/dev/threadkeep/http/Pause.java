package dev.threadkeep.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A time in which nothing happens, and which must not become too long. One at a time. */
final class Pause {
  private final Duration limit;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  Pause(Duration limit) {
    this.limit = limit;
  }

  /** Ends the pause before, if there is one; the next becomes too long after the limit. */
  synchronized void begin(Runnable tooLong) {
    end();
    running = new CompletableFuture<Void>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    running
        .minimalCompletionStage()
        .whenComplete(
            (ended, timeout) -> {
              if (timeout != null) {
                tooLong.run();
              }
            });
  }

  synchronized void end() {
    running.complete(null);
  }
}
