package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Files in memory. */
public final class InMemoryBlobStore implements BlobStore {
  private static final int CHUNK_BYTES = 64 * 1_024;

  private final Map<BlobKey, File> files = new TreeMap<>(Comparator.comparing(BlobKey::value));
  private final URI base;
  private int uploads;

  private record File(ByteBuffer content, UploadOptions options, int number, Instant modified) {}

  /**
   * @param base what the addresses of files begin with
   */
  public InMemoryBlobStore(URI base) {
    this.base = base;
  }

  @Override
  public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    try {
      return CompletableFuture.completedStage(store(key, bytes, options));
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return ByteCollector.subscribe(content)
        .bytes()
        .thenApply(bytes -> store(key, bytes, options))
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(asOurs(key, failure)));
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return CompletableFuture.completedStage(get(key).map(file -> info(key, file)));
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    try {
      return CompletableFuture.completedStage(get(key).map(file -> content(key, file, range)));
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  @Override
  public synchronized CompletionStage<Void> delete(BlobKey key) {
    files.remove(key);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    keys.forEach(this::delete);
    return CompletableFuture.completedStage(
        keys.stream().map(key -> new WriteResult<>(key, Optional.empty())).toList());
  }

  /** The cursor is the last key of the page before. */
  @Override
  public synchronized CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
    String start = after.map(Cursor::value).orElse("");
    if (after.isPresent() && !start.startsWith(prefix)) {
      return CompletableFuture.failedStage(
          DataLayerException.invalid("cursor", "is not one of this list"));
    }
    List<BlobEntry> rest =
        files.entrySet().stream()
            .filter(file -> file.getKey().value().startsWith(prefix))
            .filter(file -> file.getKey().value().compareTo(start) > 0)
            .map(file -> entry(file.getKey(), file.getValue()))
            .toList();
    List<BlobEntry> page = rest.subList(0, Math.min(PAGE, rest.size()));
    return CompletableFuture.completedStage(
        Page.of(
            page,
            page.size() < rest.size()
                ? Optional.of(Cursor.of(page.get(page.size() - 1).key().value()))
                : Optional.empty()));
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

  private synchronized Optional<File> get(BlobKey key) {
    return Optional.ofNullable(files.get(key));
  }

  private synchronized long store(BlobKey key, byte[] bytes, UploadOptions options) {
    Limits.checkBytes("object key", key.value(), Limits.KEY_BYTES);
    options.checkSize(bytes.length);
    if (options.existing() == Existing.KEEP && files.containsKey(key)) {
      throw new DataLayerException(ErrorCode.ALREADY_EXISTS, "file " + key + " already exists");
    }
    files.put(key, new File(ByteBuffer.wrap(bytes), options, ++uploads, Instant.now()));
    return bytes.length;
  }

  private static BlobInfo info(BlobKey key, File file) {
    return new BlobInfo(
        key,
        file.content().remaining(),
        file.options().mime(),
        file.options().disposition(),
        Integer.toString(file.number()),
        file.modified());
  }

  private static BlobEntry entry(BlobKey key, File file) {
    return new BlobEntry(key, file.content().remaining(), file.modified());
  }

  private static BlobContent content(BlobKey key, File file, ByteRange range) {
    BlobInfo info = info(key, file);
    int count = (int) range.countOf(info.size());
    int first = (int) range.first();
    byte[] part = Arrays.copyOfRange(file.content().array(), first, first + count);
    return new BlobContent(info, count, Chunks.of(part, CHUNK_BYTES));
  }

  private static DataLayerException asOurs(BlobKey key, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException ours
        ? ours
        : new DataLayerException(
            ErrorCode.UNAVAILABLE, "the content of file " + key + " could not be read", cause);
  }
}
