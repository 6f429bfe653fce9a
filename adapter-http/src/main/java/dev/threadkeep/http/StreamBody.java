package dev.threadkeep.http;

import dev.threadkeep.domain.BlobContent;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * What comes as bytes while it is written: a file, or a part of one, or what is made meanwhile.
 *
 * @param bytes can be subscribed once, and has to be, if only to be cancelled
 * @param count how many bytes will come, where that is known
 */
record StreamBody(Flow.Publisher<ByteBuffer> bytes, OptionalLong count) implements AnswerBody {
  static StreamBody of(BlobContent content) {
    return new StreamBody(content.bytes(), OptionalLong.of(content.count()));
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  /** Tells the store that nobody wants it: it may hold a file or a connection open for us. */
  @Override
  public void discard() {
    bytes.subscribe(new Nobody());
  }

  /** Cancels at once. */
  private static final class Nobody implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(ByteBuffer part) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
