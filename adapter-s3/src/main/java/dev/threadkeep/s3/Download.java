package dev.threadkeep.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An answer whose bytes are about to be read, once. The SDK's own publisher of them says nothing
 * when the connection breaks off: its subscriber would wait for ever. The failure is known beside
 * it, to {@link DownloadTransformer}, and comes to the subscriber from there.
 */
final class Download implements Flow.Publisher<ByteBuffer> {
  private final GetObjectResponse response;
  private final Publisher<ByteBuffer> bytes;
  private final Function<Throwable, Throwable> translation;

  private @Nullable Reading reading;
  private @Nullable Throwable failure;

  /**
   * @param translation what a failure on the way means to a caller
   */
  Download(
      GetObjectResponse response,
      Publisher<ByteBuffer> bytes,
      Function<Throwable, Throwable> translation) {
    this.response = response;
    this.bytes = bytes;
    this.translation = translation;
  }

  GetObjectResponse response() {
    return response;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Reading begun = new Reading(subscriber);
    Throwable failed;
    synchronized (this) {
      reading = begun;
      failed = failure;
    }
    if (failed == null) {
      FlowAdapters.toFlowPublisher(bytes).subscribe(begun);
    } else {
      begun.onSubscribe(NoSubscription.INSTANCE);
      begun.onError(failed);
    }
  }

  /** Gives up an answer that nobody will read: its connection waits for a subscriber. */
  void discard() {
    subscribe(Discarding.INSTANCE);
  }

  /** The connection broke off; no matter when all has been read. */
  void fail(Throwable error) {
    Reading begun;
    synchronized (this) {
      failure = error;
      begun = reading;
    }
    if (begun != null) {
      begun.onError(error);
    }
  }

  /** Passes signals on until one is the last; all of them come from one thread. */
  private final class Reading implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean ended;

    Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long count) {
              given.request(count);
            }

            @Override
            public void cancel() {
              ended = true;
              given.cancel();
            }
          });
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      if (!ended) {
        subscriber.onNext(buffer);
      }
    }

    @Override
    public void onError(Throwable error) {
      if (!ended) {
        ended = true;
        subscriber.onError(translation.apply(error));
      }
    }

    @Override
    public void onComplete() {
      if (!ended) {
        ended = true;
        subscriber.onComplete();
      }
    }
  }

  private enum NoSubscription implements Flow.Subscription {
    INSTANCE;

    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private enum Discarding implements Flow.Subscriber<ByteBuffer> {
    INSTANCE;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(ByteBuffer buffer) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
