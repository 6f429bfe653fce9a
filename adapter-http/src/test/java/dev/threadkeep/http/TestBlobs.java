package dev.threadkeep.http;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/**
 * Files that are only ever signed and deleted. A key that ends in {@code unsignable} is not signed.
 */
final class TestBlobs implements BlobStore {
  private final List<BlobKey> deleted = new CopyOnWriteArrayList<>();

  List<BlobKey> deleted() {
    return List.copyOf(deleted);
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    return key.value().endsWith("unsignable")
        ? CompletableFuture.failedStage(
            new DataLayerException(ErrorCode.UNAVAILABLE, "cannot sign " + key))
        : CompletableFuture.completedStage(
            URI.create("https://bucket.s3.amazonaws.com/" + key + "?signed"));
  }

  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    deleted.add(key);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<BlobInfo> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    return notHere();
  }

  @Override
  public CompletionStage<BlobInfo> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return notHere();
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return notHere();
  }

  @Override
  public CompletionStage<Optional<Flow.Publisher<ByteBuffer>>> read(BlobKey key) {
    return notHere();
  }

  @Override
  public void close() {}

  private static <T> CompletionStage<T> notHere() {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }
}
