package dev.threadkeep.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The next bytes of an open file, for one subscriber. Every part is read when it is asked for, on
 * the threads of the store.
 */
final class BlobPublisher implements Flow.Publisher<ByteBuffer> {
  private final BlobFile file;
  private final long count;
  private final LocalErrors errors;
  private final Executor executor;
  private final AtomicBoolean subscribed = new AtomicBoolean();

  BlobPublisher(BlobFile file, long count, LocalErrors errors, Executor executor) {
    this.file = file;
    this.count = count;
    this.errors = errors;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber);
    if (subscribed.getAndSet(true)) {
      refuse(
          subscriber, new IllegalStateException("file " + file.info().key() + " can be read once"));
      return;
    }
    try {
      executor.execute(() -> new BlobReading(file, count, subscriber, errors, executor).begin());
    } catch (RejectedExecutionException closed) {
      close();
      refuse(subscriber, errors.translate("read file " + file.info().key(), closed));
    }
  }

  private void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw errors.translate("close file " + file.info().key(), failure);
    }
  }

  private static void refuse(Flow.Subscriber<? super ByteBuffer> subscriber, Throwable error) {
    subscriber.onSubscribe(NoSubscription.INSTANCE);
    subscriber.onError(error);
  }
}
