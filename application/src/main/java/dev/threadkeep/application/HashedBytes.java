package dev.threadkeep.application;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Bytes that are hashed (SHA-256) while they pass, as fast as whoever takes them asks for them. */
final class HashedBytes implements Flow.Publisher<ByteBuffer> {
  private final Flow.Publisher<ByteBuffer> bytes;
  private final MessageDigest digest = Fingerprint.sha256();

  HashedBytes(Flow.Publisher<ByteBuffer> bytes) {
    this.bytes = bytes;
  }

  /** The hash of all bytes of a publisher, of which it keeps none. */
  static CompletionStage<String> hash(Flow.Publisher<ByteBuffer> bytes) {
    HashedBytes hashed = new HashedBytes(bytes);
    Drain drain = new Drain();
    hashed.subscribe(drain);
    return drain.end.thenApply(ended -> hashed.hash());
  }

  /** The hash of what has passed; to be asked once, at the end. */
  synchronized String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    bytes.subscribe(new Tap(subscriber));
  }

  private synchronized void add(ByteBuffer chunk) {
    digest.update(chunk.duplicate());
  }

  /** Looks at what passes. */
  private final class Tap implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;

    Tap(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      add(chunk);
      subscriber.onNext(chunk);
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }

  /** Takes everything and keeps nothing; the bytes are asked for one chunk after the other. */
  private static final class Drain implements Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(true);
    }
  }
}
