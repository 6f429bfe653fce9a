package dev.threadkeep.domain.contract;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Another store, of which a test overrides what it is about. */
public abstract class DelegatingBlobStore implements BlobStore {
  private final BlobStore store;

  protected DelegatingBlobStore(BlobStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    return store.upload(key, content, options);
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return store.upload(key, content, options);
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return store.find(key);
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    return store.read(key, range);
  }

  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    return store.delete(key);
  }

  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    return store.deleteAll(keys);
  }

  @Override
  public CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
    return store.list(prefix, after);
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    return store.readUrl(key);
  }

  @Override
  public void close() {
    store.close();
  }
}
