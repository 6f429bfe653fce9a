package dev.threadkeep.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects as lines of JSON, each read when the one before is on its way, and made text as the
 * connection takes it.
 */
final class JsonLines implements Flow.Publisher<ByteBuffer> {
  private final Supplier<CompletionStage<Optional<JsonBody>>> next;

  /**
   * Lines for one subscriber, who asks for one part at a time.
   *
   * @param next nothing at the end
   */
  JsonLines(Supplier<CompletionStage<Optional<JsonBody>>> next) {
    this.next = next;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Lines(subscriber));
  }

  private final class Lines implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private volatile JsonChunks line = new JsonChunks(Collections.emptyIterator());
    private volatile boolean isCancelled;

    private Lines(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      if (line.hasNext()) {
        passChunk();
      } else {
        next.get()
            .whenComplete(
                (body, failure) -> {
                  if (!isCancelled) {
                    begin(body, failure);
                  }
                });
      }
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }

    private void begin(Optional<JsonBody> body, @Nullable Throwable failure) {
      if (failure != null) {
        subscriber.onError(failure);
      } else if (body.isEmpty()) {
        subscriber.onComplete();
      } else {
        line = new JsonChunks(body.get().pieces());
        passChunk();
      }
    }

    private void passChunk() {
      byte[] text;
      try {
        ByteArrayOutputStream chunk = line.next();
        if (!line.hasNext()) {
          chunk.write('\n');
        }
        text = chunk.toByteArray();
      } catch (IOException | RuntimeException failure) {
        subscriber.onError(failure);
        return;
      }
      subscriber.onNext(ByteBuffer.wrap(text));
    }
  }
}
