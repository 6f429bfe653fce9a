package dev.threadkeep.s3;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Memory for uploads, handed out in units, in the order in which it was asked for. Work that needs
 * more than there is in all gets all of it.
 */
final class Budget {
  private record Waiting(int units, CompletableFuture<Void> turn) {}

  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final int all;
  private int free;
  private boolean admitting;

  Budget(int units) {
    this.all = units;
    this.free = units;
  }

  /**
   * Does some work when so many units are free, and gives them back when it has ended, whichever
   * way.
   */
  <T> CompletionStage<T> use(int units, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    CompletionStage<T> result =
        turn.thenCompose(now -> work.get()).whenComplete((value, failure) -> release(units));
    synchronized (this) {
      queue.add(new Waiting(units, turn));
    }
    admit();
    return result;
  }

  private void release(int units) {
    synchronized (this) {
      free += units;
    }
    admit();
  }

  /** Only one thread does it at a time: work that ends at once must not pile up on its stack. */
  private void admit() {
    synchronized (this) {
      if (admitting) {
        return;
      }
      admitting = true;
    }
    for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
      next.get().turn().complete(null);
    }
  }

  private synchronized Optional<Waiting> next() {
    Waiting first = queue.peek();
    if (first == null || (first.units() > free && free < all)) {
      admitting = false;
      return Optional.empty();
    }
    free -= first.units();
    return Optional.of(queue.remove());
  }
}
