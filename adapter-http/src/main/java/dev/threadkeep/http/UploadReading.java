package dev.threadkeep.http;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request part by part, as its subscriber asks for them: a client sends no
 * faster than a store takes it, and no thread waits for either.
 */
final class UploadReading implements Flow.Subscription, ReadListener {
  private static final int PART_BYTES = 32 * 1024;

  private final HttpServletRequest request;
  private final long limit;
  private final UploadPauses pauses;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CompletableFuture<Void> discarded = new CompletableFuture<>();

  /**
   * How often there was something to do. Whoever raises it from 0 does it, others leave it to him:
   * so signals come one after the other, and the fields below are his.
   */
  private final AtomicInteger turns = new AtomicInteger();

  private @Nullable ServletInputStream in;
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private boolean finished;
  private long received;
  private long thrownAway;

  private volatile boolean cancelled;

  /** Bytes to be thrown away at most; none as long as nobody says so. */
  private volatile long discardable = -1;

  UploadReading(HttpServletRequest request, long limit, UploadPauses pauses) {
    this.request = request;
    this.limit = limit;
    this.pauses = pauses;
  }

  /** Reads for a subscriber; to be called once. */
  void begin(Flow.Subscriber<? super ByteBuffer> given) {
    turns.incrementAndGet(); // so that nothing happens before all is prepared
    subscriber = given;
    finished = !BodyReader.hasBody(request);
    given.onSubscribe(this);
    try {
      in = request.getInputStream();
      if (!finished) {
        in.setReadListener(this);
      }
    } catch (IOException | IllegalStateException gone) {
      lose();
    }
    takeTurns();
  }

  /** Why it failed, if it did and not the subscriber. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Reads what is left and throws it away, up to some bytes: a client that is still writing would
   * not see an answer. A subscriber that still waits is told that nothing more will come, so that
   * it leaves nothing behind.
   */
  CompletableFuture<Void> discard(long bytes) {
    discardable = bytes;
    fail(new DataLayerException(ErrorCode.UNAVAILABLE, "the request of the file has ended"));
    return discarded;
  }

  @Override
  public void request(long count) {
    if (count > 0) {
      demand.getAndUpdate(before -> before + Math.min(count, Long.MAX_VALUE - before));
      proceed();
    } else {
      fail(new IllegalArgumentException("asked for " + count + " parts"));
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    proceed();
  }

  @Override
  public void onDataAvailable() {
    proceed();
  }

  @Override
  public void onAllDataRead() {
    proceed();
  }

  @Override
  public void onError(Throwable gone) {
    lose();
    proceed();
  }

  private void lose() {
    failure.compareAndSet(
        null, new RefusedException(Code.MALFORMED, "the body ended before its end"));
    discarded.complete(null);
  }

  private void fail(Throwable why) {
    failure.compareAndSet(null, why);
    proceed();
  }

  private void proceed() {
    if (turns.getAndIncrement() == 0) {
      takeTurns();
    }
  }

  /** Does all that can be done without waiting for the client or the subscriber. */
  private void takeTurns() {
    for (int taken = turns.get(); taken > 0; taken = turns.addAndGet(-taken)) {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = subscriber != null ? attempt(subscriber) : throwAway();
      }
    }
  }

  private boolean attempt(Flow.Subscriber<? super ByteBuffer> taker) {
    try {
      return serve(taker);
    } catch (RuntimeException thrown) { // a subscriber must not; it gets nothing more
      failure.compareAndSet(null, thrown);
      end();
      return true;
    }
  }

  /** Gives the subscriber what it is due. */
  private boolean serve(Flow.Subscriber<? super ByteBuffer> taker) {
    Throwable broken = failure.get();
    if (cancelled) {
      subscriber = null;
    } else if (broken != null) {
      end();
      taker.onError(broken);
    } else if (finished) {
      end();
      taker.onComplete();
    } else if (demand.get() == 0 && received != request.getContentLengthLong()) {
      pauses.awaitStore();
      return false;
    } else if (!input().isReady()) {
      pauses.awaitClient(this::giveUpClient);
      return false;
    } else {
      givePart(taker);
    }
    return true;
  }

  /** What the store has to do after the last signal is a pause of its own. */
  private void end() {
    subscriber = null;
    pauses.awaitNobody();
    pauses.awaitStore();
  }

  /** The next part; at the end, for which nobody has to ask, there is none. */
  private void givePart(Flow.Subscriber<? super ByteBuffer> taker) {
    byte[] part = new byte[PART_BYTES];
    int count = 0;
    while (count < part.length && !finished && failure.get() == null && input().isReady()) {
      count += read(part, count);
    }
    received += count;
    pauses.awaitNobody();
    if (received > limit) {
      failure.compareAndSet(null, Limits.tooLarge("content", received, limit));
    } else if (count > 0) {
      demand.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - 1);
      // A subscriber may keep several, and a small one must not take the place of a large one.
      taker.onNext(ByteBuffer.wrap(count < part.length ? Arrays.copyOf(part, count) : part));
    }
  }

  private boolean throwAway() {
    if (discardable < 0 || discarded.isDone()) {
      return false;
    } else if (finished || thrownAway > discardable) {
      discarded.complete(null);
      return false;
    } else if (!input().isReady()) {
      return false;
    }
    thrownAway += read(new byte[PART_BYTES], 0);
    return true;
  }

  private int read(byte[] part, int from) {
    try {
      int count = input().read(part, from, part.length - from);
      finished = count < 0;
      return Math.max(0, count);
    } catch (IOException | IllegalStateException gone) {
      lose();
      return 0;
    }
  }

  /** Of a client that sends nothing there is nothing to throw away. */
  private void giveUpClient() {
    discarded.complete(null);
    fail(new RefusedException(Code.REQUEST_TIMEOUT, "the body did not arrive in time"));
  }

  private ServletInputStream input() {
    return Objects.requireNonNull(in);
  }
}
