package dev.threadkeep.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A contender in this JVM: each operation that ends has the next one begin, on the same thread, so
 * that so many are under way all the time.
 */
public final class InProcess implements Contender {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final String name;
  private final Supplier<? extends CompletionStage<?>> operation;

  /** A contender that does this operation again and again. */
  public InProcess(String name, Supplier<? extends CompletionStage<?>> operation) {
    this.name = name;
    this.operation = operation;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement measure(Load load) throws InterruptedException {
    Run run = new Run(load);
    Usage before = Usage.now();
    long start = System.nanoTime();
    run.toTheEnd();
    double seconds = (System.nanoTime() - start) / 1e9;
    return Usage.now().since(before).measurement(run.latencies, seconds);
  }

  private final class Run {
    final Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final Load load;
    private final long end;
    private final CountDownLatch running;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Run(Load load) {
      this.load = load;
      this.end = System.nanoTime() + load.time().toNanos();
      this.running = new CountDownLatch(load.underWay());
    }

    void toTheEnd() throws InterruptedException {
      for (int i = 0; i < load.underWay(); i++) {
        next();
      }
      running.await();
      Throwable thrown = failure.get();
      if (thrown != null) {
        throw new CompletionException(name + " failed", thrown);
      }
    }

    private void next() {
      long begun = System.nanoTime();
      begin()
          .whenComplete(
              (done, thrown) -> {
                long now = System.nanoTime();
                latencies.recordValue(now - begun);
                if (thrown != null) {
                  failure.compareAndSet(null, thrown);
                }
                if (now < end && failure.get() == null) {
                  next();
                } else {
                  running.countDown();
                }
              });
    }

    private CompletionStage<?> begin() {
      try {
        return operation.get();
      } catch (RuntimeException thrown) {
        return CompletableFuture.failedStage(thrown);
      }
    }
  }
}
