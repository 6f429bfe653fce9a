package dev.threadkeep.http;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Files in memory. A key that ends in {@code unsignable} is not signed; deletes are noted. */
final class TestBlobs extends DelegatingBlobStore {
  private final List<BlobKey> deleted = new CopyOnWriteArrayList<>();

  TestBlobs() {
    super(new InMemoryBlobStore(URI.create("https://bucket.s3.amazonaws.com")));
  }

  List<BlobKey> deleted() {
    return List.copyOf(deleted);
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
