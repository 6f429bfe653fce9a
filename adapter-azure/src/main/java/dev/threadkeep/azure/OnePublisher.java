package dev.threadkeep.azure;

import dev.threadkeep.domain.BlobKey;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** The bytes of a response, for one subscriber: a response can be read once. */
final class OnePublisher implements Flow.Publisher<ByteBuffer> {
  private final BlobKey key;
  private final Flux<ByteBuffer> bytes;
  private final AtomicBoolean subscribed = new AtomicBoolean();

  OnePublisher(BlobKey key, Flux<ByteBuffer> bytes) {
    this.key = key;
    this.bytes = bytes;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber);
    Flux<ByteBuffer> given =
        subscribed.getAndSet(true)
            ? Flux.error(new IllegalStateException("file " + key + " can be read once"))
            : bytes;
    JdkFlowAdapter.publisherToFlowPublisher(given).subscribe(subscriber);
  }
}
