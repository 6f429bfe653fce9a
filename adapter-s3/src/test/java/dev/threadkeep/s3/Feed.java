package dev.threadkeep.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A publisher that a test drives by hand; it counts what it is asked for. */
final class Feed implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private long demand;
  private boolean cancelled;

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
    subscriber = given;
    given.onSubscribe(this);
  }

  @Override
  public synchronized void request(long count) {
    demand += count;
    notifyAll();
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  /** Waits until it is asked for a buffer, and gives it. */
  void give(byte[] bytes) {
    await(() -> demand > 0);
    synchronized (this) {
      demand--;
    }
    subscriber.onNext(ByteBuffer.wrap(bytes));
  }

  /** Ends the stream. */
  void end() {
    await(() -> subscriber != null);
    subscriber.onComplete();
  }

  /** Waits until nobody wants more. */
  void awaitCancelled() {
    await(() -> cancelled);
  }

  /** Waits until it is asked for a buffer. */
  void awaitDemand() {
    await(() -> demand > 0);
  }

  synchronized boolean isAskedFor() {
    return demand > 0;
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition) {
    long patience = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("nobody asked");
      }
      try {
        wait(1_000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }
}
