package dev.threadkeep.dynamodb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects what is published. */
final class BytesOf implements Flow.Subscriber<ByteBuffer> {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> all = new CompletableFuture<>();

  private BytesOf() {}

  /** All bytes of a publisher that end some time. */
  static CompletionStage<byte[]> all(Flow.Publisher<ByteBuffer> publisher) {
    BytesOf collector = new BytesOf();
    publisher.subscribe(collector);
    return collector.all;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {
    byte[] content = new byte[part.remaining()];
    part.get(content);
    bytes.writeBytes(content);
  }

  @Override
  public void onError(Throwable failure) {
    all.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    all.complete(bytes.toByteArray());
  }
}
