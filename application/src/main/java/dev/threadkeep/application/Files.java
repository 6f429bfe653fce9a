package dev.threadkeep.application;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of elements, where a store for them is configured. Whoever names a key has to have
 * shown before that they may: nobody is asked here.
 */
public final class Files {
  /** What an element says in the place of an address that could not be signed. */
  static final String URL_ERROR = "urlError";

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.application");

  private final Optional<BlobStore> store;

  Files(Optional<BlobStore> store) {
    this.store = store;
  }

  /** What there is under a key; fails with {@code NOT_FOUND}. */
  public CompletionStage<BlobInfo> find(BlobKey key) {
    return configured()
        .thenCompose(files -> files.find(key))
        .thenApply(info -> info.orElseThrow(() -> DataLayerException.notFound("file", key)));
  }

  /** A part of a file; fails with {@code NOT_FOUND}, else as {@link BlobStore#read}. */
  public CompletionStage<BlobContent> read(BlobKey key, ByteRange range) {
    return configured()
        .thenCompose(files -> files.read(key, range))
        .thenApply(content -> content.orElseThrow(() -> DataLayerException.notFound("file", key)));
  }

  /** An address at which the file can be read now, whether there is one or not. */
  public CompletionStage<URI> address(BlobKey key) {
    return configured().thenCompose(files -> files.readUrl(key));
  }

  /**
   * Stores a file in the place of what has the key already, to be shown or saved as its type
   * demands.
   *
   * @param name what it is called when it is saved
   */
  CompletionStage<Long> store(BlobKey key, Upload upload, Optional<String> name) {
    UploadOptions options =
        UploadOptions.of(upload.mime()).disposition(FileType.of(upload.mime()).disposition(name));
    UploadOptions sized =
        upload.size().isPresent() ? options.size(upload.size().getAsLong()) : options;
    return configured().thenCompose(files -> files.upload(key, upload.content(), sized));
  }

  /**
   * The element with an address at which its file can be read now. Without a file or a store it
   * stays as it is; where signing fails, the element has no address and says so.
   */
  CompletionStage<Element> sign(Element element) {
    if (store.isEmpty() || element.objectKey().isEmpty()) {
      return CompletableFuture.completedStage(element);
    }
    BlobKey key = element.objectKey().get();
    return store
        .get()
        .readUrl(key)
        .thenApply(url -> Element.builder().from(element).url(url.toString()).build())
        .exceptionally(
            failure -> {
              log.warn("file {} of element {} cannot be signed", key, element.id(), failure);
              return Element.builder()
                  .from(element)
                  .url(Optional.empty())
                  .other(
                      element
                          .other()
                          .with(URL_ERROR, JsonValue.of("the file cannot be signed now")))
                  .build();
            });
  }

  /** {@link #sign(Element)} for each, in the same order. */
  CompletionStage<List<Element>> sign(List<Element> elements) {
    return Stages.all(elements.stream().map(this::sign).toList());
  }

  /**
   * Removes files that nothing refers to any more. What cannot be removed is logged: the elements
   * are gone already.
   */
  CompletionStage<Void> delete(List<BlobKey> keys) {
    if (store.isEmpty() || keys.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return store.get().deleteAll(keys).thenAccept(results -> results.forEach(Files::logFailure));
  }

  private CompletionStage<BlobStore> configured() {
    return store
        .map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                CompletableFuture.failedStage(
                    new NotConfiguredException("files are not stored by this server")));
  }

  private static void logFailure(WriteResult<BlobKey> result) {
    result.error().ifPresent(error -> logLeftBehind(result.id(), error));
  }

  static void logLeftBehind(BlobKey key, Throwable failure) {
    log.warn("file {} is left behind", key, failure);
  }
}
