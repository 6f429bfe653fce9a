package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ElementRepository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stores files of elements: first the file and then the element, so that no element ever says that
 * it has a file and has none. What a crash in between leaves is a file that nobody refers to.
 */
final class ElementFiles {
  /** After these the element may say that it has the file. */
  private static final Set<ErrorCode> PERHAPS_WRITTEN =
      Set.of(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.CORRUPT);

  private final ElementRepository elements;
  private final Files files;
  private final BlobKeys keys;

  ElementFiles(ElementRepository elements, Files files, BlobKeys keys) {
    this.elements = elements;
    this.files = files;
    this.keys = keys;
  }

  /** See {@link ElementService#putContent}. */
  CompletionStage<Element> put(
      Optional<UserId> owner, ThreadId thread, ElementId id, Upload upload) {
    return elements
        .find(thread, id)
        .thenCompose(
            before -> {
              BlobKey key = keys.ofElement(owner, thread, id);
              Element.Builder changes =
                  Element.builder().threadId(thread).id(id).objectKey(key).mime(upload.mime());
              if (before.flatMap(Element::type).isEmpty()) {
                changes.type(FileType.of(upload.mime()).elementType());
              }
              Element changed = changes.build();
              ElementAttributes.SCHEMA.check(changed); // before anything is read or stored
              Optional<String> name = before.flatMap(Element::name);
              return files
                  .store(key, upload, name)
                  .thenCompose(size -> write(changed, key, before.flatMap(Element::objectKey)));
            });
  }

  private CompletionStage<Element> write(Element changed, BlobKey key, Optional<BlobKey> before) {
    boolean replaced = before.equals(Optional.of(key));
    List<BlobKey> left = replaced ? List.of() : before.stream().toList();
    return elements
        .upsert(changed)
        .exceptionallyCompose(
            failure ->
                (replaced || isPerhapsWritten(failure) ? nothing() : deleteUnused(changed, key))
                    .thenCompose(done -> CompletableFuture.failedStage(failure)))
        .thenCompose(written -> files.delete(left).thenApply(deleted -> written));
  }

  /** Somebody else may have stored the element meanwhile, whose file has the same key. */
  private CompletionStage<Void> deleteUnused(Element element, BlobKey key) {
    return elements
        .find(element.threadId(), element.id())
        .thenCompose(
            stored ->
                stored.flatMap(Element::objectKey).equals(Optional.of(key))
                    ? nothing()
                    : files.delete(List.of(key)))
        .exceptionally(
            failure -> {
              Files.logLeftBehind(key, failure);
              return null;
            });
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  private static boolean isPerhapsWritten(Throwable failure) {
    return !(Stages.cause(failure) instanceof DataLayerException error)
        || PERHAPS_WRITTEN.contains(error.code());
  }
}
