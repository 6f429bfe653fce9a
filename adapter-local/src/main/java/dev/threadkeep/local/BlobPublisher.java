package dev.threadkeep.local;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The content of a stored file, for one subscriber; the file is opened when there is one. Every
 * part is read when it is asked for, on the threads of the store.
 */
final class BlobPublisher implements Flow.Publisher<ByteBuffer> {
  private final Path path;
  private final BlobKey key;
  private final LocalErrors errors;
  private final Executor executor;
  private final AtomicBoolean subscribed = new AtomicBoolean();

  BlobPublisher(Path path, BlobKey key, LocalErrors errors, Executor executor) {
    this.path = path;
    this.key = key;
    this.errors = errors;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber);
    if (subscribed.getAndSet(true)) {
      refuse(subscriber, new IllegalStateException("file " + key + " can be read once"));
      return;
    }
    try {
      executor.execute(() -> open(subscriber));
    } catch (RejectedExecutionException closed) {
      refuse(subscriber, errors.translate("read file " + key, closed));
    }
  }

  private void open(Flow.Subscriber<? super ByteBuffer> subscriber) {
    BlobFile file;
    try {
      file = BlobFile.open(path).orElseThrow(() -> DataLayerException.notFound("file", key));
    } catch (IOException | RuntimeException failure) {
      refuse(subscriber, errors.translate("read file " + key, failure));
      return;
    }
    new BlobReading(file, subscriber, errors, executor).begin();
  }

  private static void refuse(Flow.Subscriber<? super ByteBuffer> subscriber, Throwable error) {
    subscriber.onSubscribe(NoSubscription.INSTANCE);
    subscriber.onError(error);
  }
}
