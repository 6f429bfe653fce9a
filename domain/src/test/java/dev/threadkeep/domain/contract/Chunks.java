package dev.threadkeep.domain.contract;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes bytes in chunks, only as many as were asked for, from threads of its own. Buffers come
 * in every shape: read-only, direct, a part of a larger one, empty. It can be subscribed once.
 */
public final class Chunks implements Flow.Publisher<ByteBuffer> {
  private final byte[] bytes;
  private final int size;
  private final Optional<Throwable> error;
  private final Executor executor = ForkJoinPool.commonPool();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile boolean greedy;

  private Chunks(byte[] bytes, int size, Optional<Throwable> error) {
    this.bytes = bytes;
    this.size = size;
    this.error = error;
  }

  /** These bytes in chunks of at most so many. */
  public static Chunks of(byte[] bytes, int size) {
    return new Chunks(bytes, size, Optional.empty());
  }

  /** These bytes in chunks of at most so many, and then an error. */
  public static Chunks failing(byte[] bytes, int size, Throwable error) {
    return new Chunks(bytes, size, Optional.of(error));
  }

  /** Whether the subscriber ever asked for all there is, as if memory had no end. */
  public boolean wasAskedForEverything() {
    return greedy;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (!subscribed.compareAndSet(false, true)) {
      throw new IllegalStateException("can be subscribed once");
    }
    Stream stream = new Stream(subscriber);
    subscriber.onSubscribe(stream);
    if (bytes.length == 0) {
      executor.execute(stream::end); // it needs no demand to end
    }
  }

  private ByteBuffer buffer(int number, int from, int to) {
    return switch (number % 3) {
      case 0 -> ByteBuffer.wrap(bytes, from, to - from);
      case 1 -> ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)).asReadOnlyBuffer();
      default -> ByteBuffer.allocateDirect(to - from).put(bytes, from, to - from).flip();
    };
  }

  private final class Stream implements Flow.Subscription {
    /** More chunks than any test has. */
    private static final long EVERYTHING = 100_000;

    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private int position;
    private int number;
    private boolean running;
    private boolean ended;

    Stream(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public synchronized void request(long count) {
      if (count <= 0) {
        throw new IllegalArgumentException("asked for " + count + " chunks");
      }
      demand += Math.min(count, Long.MAX_VALUE - demand);
      greedy |= demand > EVERYTHING;
      if (!running && !ended) {
        running = true;
        executor.execute(this::run);
      }
    }

    @Override
    public synchronized void cancel() {
      ended = true;
    }

    private void run() {
      Optional<ByteBuffer> next = next();
      while (next.isPresent()) {
        subscriber.onNext(next.get());
        next = next();
      }
      end();
    }

    private synchronized Optional<ByteBuffer> next() {
      if (ended || demand == 0 || position == bytes.length) {
        running = false;
        return Optional.empty();
      }
      demand--;
      number++;
      // Every fifth buffer is empty.
      int end = number % 5 == 0 ? position : Math.min(bytes.length, position + size);
      ByteBuffer buffer = buffer(number, position, end);
      position = end;
      return Optional.of(buffer);
    }

    private void end() {
      synchronized (this) {
        if (ended || running || position < bytes.length) {
          return;
        }
        ended = true;
      }
      error.ifPresentOrElse(subscriber::onError, subscriber::onComplete);
    }
  }
}
