package dev.threadkeep.http;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/**
 * Files in memory. A key that ends in {@code unsignable} is not signed; uploads and deletes are
 * noted, and both ways of the bytes can be given to somebody else.
 */
final class TestBlobs extends DelegatingBlobStore {
  private final List<BlobKey> deleted = new CopyOnWriteArrayList<>();
  private final List<BlobKey> uploads = new CopyOnWriteArrayList<>();
  private volatile Optional<Uploading> uploading = Optional.empty();
  private volatile Optional<Reading> reading = Optional.empty();

  TestBlobs() {
    super(new InMemoryBlobStore(URI.create("https://bucket.s3.amazonaws.com")));
  }

  /** What is asked instead of the memory. */
  @FunctionalInterface
  interface Uploading {
    CompletionStage<Long> upload(Flow.Publisher<ByteBuffer> content);
  }

  /** What is asked instead of the memory. */
  @FunctionalInterface
  interface Reading {
    CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range);
  }

  void uploadWith(Uploading other) {
    uploading = Optional.of(other);
  }

  void readWith(Reading other) {
    reading = Optional.of(other);
  }

  /** Goes to the memory again. */
  void restore() {
    uploading = Optional.empty();
    reading = Optional.empty();
  }

  /** The keys of all uploads that were begun. */
  List<BlobKey> uploads() {
    return List.copyOf(uploads);
  }

  List<BlobKey> deleted() {
    return List.copyOf(deleted);
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    uploads.add(key);
    return uploading.isPresent()
        ? uploading.get().upload(content)
        : super.upload(key, content, options);
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    return reading.isPresent() ? reading.get().read(key, range) : super.read(key, range);
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    return key.value().endsWith("unsignable")
        ? CompletableFuture.failedStage(
            new DataLayerException(ErrorCode.UNAVAILABLE, "cannot sign " + key))
        : super.readUrl(key);
  }

  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    deleted.add(key);
    return super.delete(key);
  }

  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    deleted.addAll(keys);
    return super.deleteAll(keys);
  }
}
