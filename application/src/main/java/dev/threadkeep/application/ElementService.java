package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.port.ElementRepository;
import java.util.concurrent.CompletionStage;

/** What can be done with elements. Their addresses are signed at each read. */
public final class ElementService {
  private final ElementRepository elements;
  private final Ownership ownership;
  private final Files files;
  private final ElementFiles elementFiles;

  ElementService(ElementRepository elements, Ownership ownership, Files files, BlobKeys keys) {
    this.elements = elements;
    this.ownership = ownership;
    this.files = files;
    this.elementFiles = new ElementFiles(elements, files, keys);
  }

  /** The element; fails with {@code NOT_FOUND}. */
  public CompletionStage<Element> get(Caller caller, ThreadId thread, ElementId id) {
    return find(caller, thread, id).thenCompose(files::sign);
  }

  /**
   * The element as it is stored, with the key of its file; fails with {@code NOT_FOUND} when it has
   * no file, too. The file itself is read from {@link Files}.
   */
  public CompletionStage<Element> getWithFile(Caller caller, ThreadId thread, ElementId id) {
    return find(caller, thread, id)
        .thenApply(
            element -> {
              if (element.objectKey().isEmpty()) {
                throw DataLayerException.notFound("file of element", id);
              }
              return element;
            });
  }

  /**
   * Creates the element, or merges it into the one that is stored; see {@link
   * ElementRepository#upsert}. An {@code url} is kept as an external address and never fetched.
   */
  public CompletionStage<Element> put(Caller caller, Element element) {
    return ownership
        .check(caller, element.threadId())
        .thenCompose(allowed -> elements.upsert(element))
        .thenCompose(files::sign);
  }

  /**
   * Stores the file of an element, then creates the element or changes it: a file that it had
   * before is gone then. The element is of the type that the file suggests, unless it has one. A
   * person writes into a thread of theirs only; the service may write before there is a thread.
   * When the file does not arrive, all is as it was.
   */
  public CompletionStage<Element> putContent(
      Caller caller, ThreadId thread, ElementId id, Upload upload) {
    return ownership
        .author(caller, thread)
        .thenCompose(owner -> elementFiles.put(owner, thread, id, upload))
        .thenCompose(files::sign);
  }

  /** Removes the element, then its file; fails with {@code NOT_FOUND}. */
  public CompletionStage<Void> delete(Caller caller, ThreadId thread, ElementId id) {
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> elements.delete(thread, id))
        .thenApply(element -> element.orElseThrow(() -> notFound(id)))
        .thenCompose(element -> files.delete(element.objectKey().stream().toList()));
  }

  private CompletionStage<Element> find(Caller caller, ThreadId thread, ElementId id) {
    return ownership
        .checkRead(caller, thread)
        .thenCompose(allowed -> elements.find(thread, id))
        .thenApply(element -> element.orElseThrow(() -> notFound(id)));
  }

  private static DataLayerException notFound(ElementId id) {
    return DataLayerException.notFound("element", id);
  }
}
