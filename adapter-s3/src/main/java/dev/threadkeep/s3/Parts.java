package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.UploadOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a stream in parts. It asks for bytes only while somebody waits for a part, so that the
 * stream stands still between them.
 */
final class Parts implements Flow.Subscriber<ByteBuffer> {
  /** Most files are smaller than a part; its memory grows with what comes. */
  private static final int START = 64 * 1_024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /**
   * A part of the stream.
   *
   * @param last whether the stream ends with it; only such a part may be short
   */
  record Part(ByteBuffer bytes, boolean last) {}

  /** What to do when the lock is free again: others' code must not run under it. */
  private interface Step {
    Step WAIT = () -> {};

    void run();
  }

  private final BlobKey key;
  private final UploadOptions options;

  private Flow.@Nullable Subscription source;
  private @Nullable CompletableFuture<Part> waiting;
  private byte[] part = {};
  private int filled;
  private int size;

  /** What came and is in no part yet. */
  private ByteBuffer rest = NOTHING;

  private long count;
  private boolean ended;
  private @Nullable DataLayerException failure;

  Parts(BlobKey key, UploadOptions options) {
    this.key = key;
    this.options = options;
  }

  /** The next part, when it has so many bytes and is not the last, or when the stream has ended. */
  CompletionStage<Part> next(int bytes) {
    CompletableFuture<Part> next = new CompletableFuture<>();
    synchronized (this) {
      waiting = next;
      part = new byte[Math.min(START, bytes)];
      filled = 0;
      size = bytes;
    }
    advance();
    return next;
  }

  /** How many bytes have come. */
  synchronized long count() {
    return count;
  }

  /** Ends the stream where it is; no matter when it has ended. */
  void cancel() {
    Flow.Subscription ending;
    synchronized (this) {
      ending = source;
      rest = NOTHING;
      part = new byte[0];
    }
    if (ending != null) {
      ending.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean second;
    synchronized (this) {
      second = source != null;
      source = second ? source : given;
    }
    if (second) {
      given.cancel();
    } else {
      advance();
    }
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    synchronized (this) {
      rest = buffer.duplicate();
      count += buffer.remaining();
      if (options.size().isPresent() && count > options.size().getAsLong()) {
        checkSize();
      }
    }
    advance();
  }

  @Override
  public void onError(Throwable thrown) {
    synchronized (this) {
      failure = S3Errors.translateContent(thrown, key);
    }
    advance();
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      ended = true;
      checkSize();
    }
    advance();
  }

  private void checkSize() {
    try {
      options.checkSize(count);
    } catch (DataLayerException wrong) {
      failure = wrong;
    }
  }

  private void advance() {
    Step step;
    synchronized (this) {
      step = step();
    }
    step.run();
  }

  private Step step() {
    CompletableFuture<Part> part = waiting;
    if (part == null) {
      return Step.WAIT;
    }
    fill();
    if (failure != null) {
      DataLayerException error = failure;
      waiting = null;
      return () -> part.completeExceptionally(error);
    } else if (rest.hasRemaining() || ended) {
      waiting = null;
      return complete(part, !rest.hasRemaining());
    }
    Flow.Subscription asked = source;
    return asked == null ? Step.WAIT : () -> asked.request(1);
  }

  private Step complete(CompletableFuture<Part> next, boolean last) {
    ByteBuffer bytes = ByteBuffer.wrap(part, 0, filled);
    part = new byte[0];
    return () -> next.complete(new Part(bytes, last));
  }

  private void fill() {
    int more = Math.min(rest.remaining(), size - filled);
    if (filled + more > part.length) {
      part = Arrays.copyOf(part, Math.min(size, Math.max(filled + more, 2 * part.length)));
    }
    rest.get(part, filled, more);
    filled += more;
  }
}
