package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Files in memory. */
public final class InMemoryBlobStore implements BlobStore {
  private static final int CHUNK_BYTES = 64 * 1_024;

  private final Map<BlobKey, File> files = new HashMap<>();
  private final URI base;

  private record File(ByteBuffer content, UploadOptions options) {}

  /**
   * @param base what the addresses of files begin with
   */
  public InMemoryBlobStore(URI base) {
    this.base = base;
  }

  @Override
  public CompletionStage<BlobInfo> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    try {
      return CompletableFuture.completedStage(
          store(key, new File(ByteBuffer.wrap(bytes), options)));
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  @Override
  public CompletionStage<BlobInfo> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return ByteCollector.subscribe(content)
        .bytes()
        .thenApply(bytes -> store(key, new File(ByteBuffer.wrap(bytes), options)))
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(asOurs(key, failure)));
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return CompletableFuture.completedStage(get(key).map(file -> info(key, file)));
  }

  @Override
  public CompletionStage<Optional<Flow.Publisher<ByteBuffer>>> read(BlobKey key) {
    return CompletableFuture.completedStage(
        get(key).map(file -> Chunks.of(file.content().array(), CHUNK_BYTES)));
  }

  @Override
  public synchronized CompletionStage<Void> delete(BlobKey key) {
    files.remove(key);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    String path =
        URLEncoder.encode(key.value(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%2F", "/");
    return CompletableFuture.completedStage(URI.create(base + "/" + path + "?signed"));
  }

  @Override
  public void close() {}

  /** The disposition that a file is served with. */
  public Optional<String> disposition(BlobKey key) {
    return get(key).flatMap(file -> file.options().disposition());
  }

  private synchronized Optional<File> get(BlobKey key) {
    return Optional.ofNullable(files.get(key));
  }

  private synchronized BlobInfo store(BlobKey key, File file) {
    Limits.checkBytes("object key", key.value(), Limits.KEY_BYTES);
    if (file.options().existing() == Existing.KEEP && files.containsKey(key)) {
      throw new DataLayerException(ErrorCode.ALREADY_EXISTS, "file " + key + " already exists");
    }
    files.put(key, file);
    return info(key, file);
  }

  private static BlobInfo info(BlobKey key, File file) {
    return new BlobInfo(key, file.content().remaining(), file.options().mime());
  }

  private static DataLayerException asOurs(BlobKey key, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException ours
        ? ours
        : new DataLayerException(
            ErrorCode.UNAVAILABLE, "the content of file " + key + " could not be read", cause);
  }
}
