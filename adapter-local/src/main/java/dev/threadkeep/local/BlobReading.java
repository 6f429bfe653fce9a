package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands an open file to its subscriber, part by part as they are asked for, and closes it. */
final class BlobReading implements Flow.Subscription {
  /** Bytes in one part at most. */
  private static final int PART = 64 * 1024;

  private final BlobFile file;
  private final Flow.Subscriber<? super ByteBuffer> subscriber;
  private final LocalErrors errors;
  private final Executor executor;

  /**
   * How many parts are asked for. Whoever raises it from 0 sets off the next part, others leave
   * that to him: so signals come one after the other. It begins with one, for onSubscribe, and
   * stays above 0 after the last signal.
   */
  private final AtomicLong demand = new AtomicLong(1);

  private volatile boolean cancelled;
  private volatile @Nullable RuntimeException failure;
  private long left;

  BlobReading(
      BlobFile file,
      long count,
      Flow.Subscriber<? super ByteBuffer> subscriber,
      LocalErrors errors,
      Executor executor) {
    this.file = file;
    this.left = count;
    this.subscriber = subscriber;
    this.errors = errors;
    this.executor = executor;
  }

  /** Tells the subscriber that it can ask for parts. */
  void begin() {
    signal(() -> subscriber.onSubscribe(this));
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      failure = new IllegalArgumentException("asked for " + count + " parts");
    }
    long more = Math.max(1, count);
    if (demand.getAndUpdate(now -> now + Math.min(more, Long.MAX_VALUE - now)) == 0) {
      schedule();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    request(1); // so that somebody closes the file
  }

  private void schedule() {
    try {
      executor.execute(() -> signal(this::emit));
    } catch (RejectedExecutionException closed) {
      fail(translate(closed));
    }
  }

  private void emit() {
    try {
      ByteBuffer part = file.read((int) Math.min(PART, left));
      if (!part.hasRemaining()) {
        throw new EOFException("the file is shorter than it was");
      }
      left -= part.remaining();
      subscriber.onNext(part);
    } catch (IOException thrown) {
      failure = translate(thrown);
    }
  }

  /** Gives one signal, and then ends, goes on, or waits until it is asked to. */
  private void signal(Runnable signal) {
    try {
      if (!cancelled && failure == null) {
        signal.run();
      }
    } catch (RuntimeException thrown) { // a subscriber must not; it gets nothing more
      cancelled = true;
      close();
      throw thrown;
    }
    if (cancelled) {
      close();
    } else if (failure != null) {
      fail(failure);
    } else if (left == 0) {
      close();
      subscriber.onComplete();
    } else if (demand.decrementAndGet() > 0) {
      schedule();
    }
  }

  private void fail(Throwable error) {
    close();
    subscriber.onError(error);
  }

  private void close() {
    try {
      file.close();
    } catch (IOException thrown) {
      throw translate(thrown);
    }
  }

  private DataLayerException translate(Exception thrown) {
    return errors.translate("read file " + file.info().key(), thrown);
  }
}
