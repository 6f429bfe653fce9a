package dev.threadkeep.http;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Objects as lines of JSON, each made when the one before is on its way. */
final class JsonLines implements Flow.Publisher<ByteBuffer> {
  private final Supplier<CompletionStage<Optional<JsonObject>>> next;

  /**
   * Lines for one subscriber, who asks for one at a time.
   *
   * @param next nothing at the end
   */
  JsonLines(Supplier<CompletionStage<Optional<JsonObject>>> next) {
    this.next = next;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          private volatile boolean isCancelled;

          @Override
          public void request(long count) {
            next.get()
                .whenComplete(
                    (line, failure) -> {
                      if (!isCancelled) {
                        pass(line, failure, subscriber);
                      }
                    });
          }

          @Override
          public void cancel() {
            isCancelled = true;
          }
        });
  }

  private static void pass(
      Optional<JsonObject> line,
      @Nullable Throwable failure,
      Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (failure != null) {
      subscriber.onError(failure);
    } else if (line.isEmpty()) {
      subscriber.onComplete();
    } else {
      byte[] text = (JsonText.write(line.get()) + '\n').getBytes(StandardCharsets.UTF_8);
      subscriber.onNext(ByteBuffer.wrap(text));
    }
  }
}
