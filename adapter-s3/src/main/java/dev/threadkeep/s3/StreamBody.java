package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * A stream of announced size as the body of a request. The SDK sends a request again after some
 * failures; that works until it has asked for the first bytes, because a stream gives them once.
 */
final class StreamBody implements AsyncRequestBody {
  private final BlobKey key;
  private final Flow.Publisher<ByteBuffer> content;
  private final UploadOptions options;

  /** Who got the stream. */
  private final AtomicReference<@Nullable Relay> relay = new AtomicReference<>();

  StreamBody(BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    this.key = key;
    this.content = content;
    this.options = options;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of(options.size().orElseThrow());
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Attempt(subscriber));
  }

  /** Why the stream itself ended too early or too late, if it did. */
  Optional<DataLayerException> failure() {
    return Optional.ofNullable(relay.get()).flatMap(Relay::failure);
  }

  /** Ends the stream where it is; no matter when it has ended. */
  void cancel() {
    Relay begun = relay.get();
    if (begun != null) {
      begun.cancel();
    }
  }

  /** The stream for one attempt to send the request. */
  private final class Attempt implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private final Relay mine;

    Attempt(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
      this.mine = new Relay(key, options, subscriber);
    }

    @Override
    public void request(long count) {
      if (relay.compareAndSet(null, mine)) {
        mine.request(count);
        begin();
      } else if (mine.equals(relay.get())) {
        mine.request(count);
      } else {
        subscriber.onError(failure().orElseGet(this::sentAlready));
      }
    }

    @Override
    public void cancel() {
      if (mine.equals(relay.get())) {
        mine.cancel();
      }
    }

    private void begin() {
      try {
        content.subscribe(mine);
      } catch (RuntimeException refused) {
        mine.onError(refused);
      }
    }

    private DataLayerException sentAlready() {
      return new DataLayerException(
          ErrorCode.OUTCOME_UNKNOWN,
          "S3: the upload of file " + key + " broke off, and a stream cannot be sent again");
    }
  }
}
