package dev.threadkeep.benchmarks.growth;

import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.port.DataStore;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * A user of many threads. Every hundredth has a rare word in its name, and every fifth a step with
 * feedback.
 */
final class GrownUser {
  static final String RARE = "zebra";

  private static final int RARELY = 100;
  private static final int RATED = 5;
  private static final int AT_ONCE = 64;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final DataStore store;

  GrownUser(DataStore store) {
    this.store = store;
  }

  /** Writes the threads, many at a time. */
  void grow(int threads) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    CompletableFuture<Void> failed = new CompletableFuture<>();
    for (int i = 0; i < threads && !failed.isDone(); i++) {
      free.acquire();
      create(i)
          .whenComplete(
              (created, failure) -> {
                free.release();
                if (failure != null) {
                  failed.completeExceptionally(failure);
                }
              });
    }
    free.acquire(AT_ONCE);
    if (failed.isCompletedExceptionally()) {
      throw new CompletionException(failed.handle((done, failure) -> failure).join());
    }
  }

  static ThreadId id(int number) {
    return ThreadId.of("grown-" + number);
  }

  private CompletionStage<?> create(int number) {
    String name = number % RARELY == 0 ? "The " + RARE : "A horse";
    CompletionStage<?> created =
        store
            .threads()
            .create(
                ChatThread.builder()
                    .id(id(number))
                    .userId(Sample.USER)
                    .name(name + " of " + number)
                    .createdAt(Timestamp.of(FIRST.plusSeconds(number)))
                    .build());
    return number % RATED == 0 ? created.thenCompose(thread -> rate(id(number))) : created;
  }

  private CompletionStage<?> rate(ThreadId thread) {
    Feedback good = Feedback.builder().stepId(Sample.FIRST).threadId(thread).value(1).build();
    return store
        .steps()
        .upsert(Sample.step(thread, Sample.FIRST))
        .thenCompose(step -> store.feedback().upsert(good));
  }
}
