package dev.threadkeep.local;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder, each called after the SHA-256 of its key and beginning with a line that says
 * its key and type. It comes to its place whole and synced, by a rename.
 */
public final class LocalBlobStore implements BlobStore {
  private static final int WORKERS = 8;
  private static final int CLOSE_SECONDS = 10;

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");

  private final BlobFolder folder;
  private final FileUrlSigner urls;
  private final LocalErrors errors;
  private final ForkJoinPool workers = Workers.pool("file", WORKERS);

  private LocalBlobStore(BlobFolder folder, FileUrlSigner urls, LocalErrors errors) {
    this.folder = folder;
    this.urls = urls;
    this.errors = errors;
  }

  /**
   * Opens the store in the folder {@code files} of a folder; both are made where they are missing.
   * Blocks.
   *
   * @param urls makes the addresses that {@link #readUrl} gives
   * @throws DataLayerException {@code UNAVAILABLE} when the folder cannot be used
   */
  public static LocalBlobStore open(Path folder, FileUrlSigner urls, Clock clock) {
    Path files = folder.resolve("files");
    LocalErrors errors = new LocalErrors(files);
    try {
      BlobFolder opened = BlobFolder.open(files, clock.instant());
      log.info("{} is open", files);
      return new LocalBlobStore(opened, urls, errors);
    } catch (IOException failure) {
      throw errors.translate("open " + files, failure);
    }
  }

  @Override
  public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    ByteBuffer unmoved = content.duplicate();
    return upload(
        key,
        subscriber -> {
          subscriber.onSubscribe(NoSubscription.INSTANCE);
          subscriber.onNext(unmoved);
          subscriber.onComplete();
        },
        options);
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    String what = "upload file " + key;
    log.debug("{}", what);
    BlobUpload upload =
        new BlobUpload(
            () -> folder.draft(key, options),
            draft -> folder.commit(draft, key, options),
            failure -> errors.translate(what, failure),
            workers);
    try {
      checkKey(key);
      content.subscribe(upload);
    } catch (RuntimeException refused) {
      upload.onError(refused);
    }
    return upload.result();
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return run(
        "find file " + key,
        () -> {
          Optional<BlobFile> file = folder.open(key);
          if (file.isPresent()) {
            file.get().close();
          }
          return file.map(BlobFile::info);
        });
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    return run(
        "read file " + key,
        () -> {
          Optional<BlobFile> file = folder.open(key);
          return file.isEmpty() ? Optional.empty() : Optional.of(content(file.get(), range));
        });
  }

  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    return run(
        "delete file " + key,
        () -> {
          folder.remove(key);
          return null;
        });
  }

  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    return run(
        "delete " + keys.size() + " files",
        () -> keys.stream().map(key -> new WriteResult<>(key, tryToRemove(key))).toList());
  }

  /** In the order of the names that files have here; the cursor is the last of a page. */
  @Override
  public CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
    return run("list files " + prefix, () -> folder.list(prefix, after));
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    try {
      checkKey(key);
      return CompletableFuture.completedStage(urls.sign(key));
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  /** Finishes what was accepted, within some seconds; a stream that goes on fails. */
  @Override
  public void close() {
    workers.shutdown();
    if (workers.awaitQuiescence(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      log.info("{} is closed", folder);
    } else {
      log.warn("{} is still busy", folder);
    }
  }

  private static void checkKey(BlobKey key) {
    Limits.checkBytes("object key", key.value(), Limits.KEY_BYTES);
  }

  private BlobContent content(BlobFile file, ByteRange range) throws IOException {
    try {
      long count = range.countOf(file.info().size());
      file.skip(range.first());
      return new BlobContent(file.info(), count, new BlobPublisher(file, count, errors, workers));
    } catch (IOException | DataLayerException failure) {
      file.close();
      throw failure;
    }
  }

  private Optional<DataLayerException> tryToRemove(BlobKey key) {
    try {
      folder.remove(key);
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(errors.translate("delete file " + key, failure));
    }
  }

  private <T> CompletionStage<T> run(String what, Callable<T> work) {
    log.debug("{}", what);
    CompletableFuture<T> stage = new CompletableFuture<>();
    try {
      workers.execute(
          () -> {
            try {
              stage.complete(work.call());
            } catch (Throwable failure) {
              stage.completeExceptionally(errors.translate(what, failure));
            }
          });
    } catch (RejectedExecutionException closed) {
      stage.completeExceptionally(errors.translate(what, closed));
    }
    return stage;
  }
}
