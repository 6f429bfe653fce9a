package dev.threadkeep.domain.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Asks for one chunk after the other and puts them together. */
public final class ByteCollector implements Flow.Subscriber<ByteBuffer> {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> all = new CompletableFuture<>();
  private final int limit;
  private Flow.Subscription subscription = NONE;
  private boolean waiting;
  private int chunks;

  private static final Flow.Subscription NONE =
      new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  private ByteCollector(int limit) {
    this.limit = limit;
  }

  /** Subscribes to all that there is. */
  public static ByteCollector subscribe(Flow.Publisher<ByteBuffer> publisher) {
    return subscribe(publisher, Integer.MAX_VALUE);
  }

  /** Subscribes, and cancels after so many chunks. */
  public static ByteCollector subscribe(Flow.Publisher<ByteBuffer> publisher, int chunks) {
    ByteCollector collector = new ByteCollector(chunks);
    publisher.subscribe(collector);
    return collector;
  }

  /** What was published, when it has ended. */
  public CompletionStage<byte[]> bytes() {
    return all.minimalCompletionStage();
  }

  /** In how many chunks it came. */
  public synchronized int chunks() {
    return chunks;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    request();
  }

  @Override
  public void onNext(ByteBuffer chunk) {
    synchronized (this) {
      if (!waiting) {
        all.completeExceptionally(new AssertionError("got a chunk that it did not ask for"));
      }
      waiting = false;
      chunks++;
      byte[] content = new byte[chunk.remaining()];
      chunk.get(content);
      bytes.writeBytes(content);
    }
    if (chunks() == limit) {
      subscription.cancel();
      onComplete();
    } else {
      request();
    }
  }

  @Override
  public void onError(Throwable error) {
    all.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    all.complete(bytes.toByteArray());
  }

  private void request() {
    synchronized (this) {
      waiting = true;
    }
    subscription.request(1);
  }
}
