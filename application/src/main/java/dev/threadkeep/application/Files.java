package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of elements, where a store for them is configured. */
final class Files {
  /** What an element says in the place of an address that could not be signed. */
  static final String URL_ERROR = "urlError";

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.application");

  private final Optional<BlobStore> store;

  Files(Optional<BlobStore> store) {
    this.store = store;
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

  private static void logFailure(WriteResult<BlobKey> result) {
    result.error().ifPresent(error -> log.warn("file {} is left behind", result.id(), error));
  }
}
