package dev.threadkeep.http;

import dev.threadkeep.domain.BlobContent;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A file, or a part of one, that a store is ready to give. */
record FileBody(BlobContent content) implements AnswerBody {
  @Override
  public boolean isEmpty() {
    return false;
  }

  /** Tells the store that nobody wants it: it may hold a file or a connection open for us. */
  @Override
  public void discard() {
    content.bytes().subscribe(new Nobody());
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
