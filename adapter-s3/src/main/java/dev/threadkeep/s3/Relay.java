package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.UploadOptions;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Passes a stream on, buffer by buffer as it is asked for, and holds it to the size that was
 * announced. The buffer with the last byte waits for the end of the stream: S3 stores a file when
 * it has got all bytes, and then it would be too late to find that there are more.
 */
final class Relay implements Flow.Subscriber<ByteBuffer>, Subscription {
  private final BlobKey key;
  private final UploadOptions options;
  private final long size;
  private final Subscriber<? super ByteBuffer> target;

  private Flow.@Nullable Subscription source;
  private long early;
  private boolean cancelled;

  private long count;
  private @Nullable ByteBuffer last;
  private volatile @Nullable DataLayerException failure;

  Relay(BlobKey key, UploadOptions options, Subscriber<? super ByteBuffer> target) {
    this.key = key;
    this.options = options;
    this.size = options.size().orElseThrow();
    this.target = target;
  }

  /** Why the stream is not passed on to its end, if it is not. */
  Optional<DataLayerException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    long asked;
    synchronized (this) {
      if (source == null && !cancelled) {
        source = given;
        asked = early;
      } else {
        asked = 0;
      }
    }
    if (asked == 0) {
      given.cancel();
    } else {
      given.request(asked);
    }
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    if (failure != null) {
      return; // a buffer that was on its way
    }
    count += buffer.remaining();
    if (count > size) {
      isWhole();
      cancel();
    } else if (!buffer.hasRemaining()) {
      request(1); // to the client an empty buffer would be the end
    } else if (count == size) {
      last = buffer.duplicate();
      request(1);
    } else {
      target.onNext(buffer.duplicate());
    }
  }

  @Override
  public void onError(Throwable thrown) {
    if (failure == null) {
      fail(S3Errors.translateContent(thrown, key));
    }
  }

  @Override
  public void onComplete() {
    if (failure == null && isWhole() && last != null) {
      target.onNext(last);
      target.onComplete();
    }
  }

  @Override
  public void request(long more) {
    Flow.Subscription asked;
    synchronized (this) {
      asked = source;
      if (asked == null) {
        early += Math.min(more, Long.MAX_VALUE - early);
      }
    }
    if (asked != null) {
      asked.request(more);
    }
  }

  @Override
  public void cancel() {
    Flow.Subscription ended;
    synchronized (this) {
      cancelled = true;
      ended = source;
    }
    if (ended != null) {
      ended.cancel();
    }
  }

  private void fail(DataLayerException error) {
    failure = error;
    target.onError(error);
  }

  /** Fails the stream when it is not. */
  private boolean isWhole() {
    try {
      options.checkSize(count);
      return true;
    } catch (DataLayerException wrong) {
      fail(wrong);
      return false;
    }
  }
}
