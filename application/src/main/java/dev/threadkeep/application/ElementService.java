package dev.threadkeep.application;

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

  ElementService(ElementRepository elements, Ownership ownership, Files files) {
    this.elements = elements;
    this.ownership = ownership;
    this.files = files;
  }

  /** The element; fails with {@code NOT_FOUND}. */
  public CompletionStage<Element> get(Caller caller, ThreadId thread, ElementId id) {
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> elements.find(thread, id))
        .thenApply(element -> element.orElseThrow(() -> notFound(id)))
        .thenCompose(files::sign);
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

  /** Removes the element, then its file; fails with {@code NOT_FOUND}. */
  public CompletionStage<Void> delete(Caller caller, ThreadId thread, ElementId id) {
    return ownership
        .check(caller, thread)
        .thenCompose(allowed -> elements.delete(thread, id))
        .thenApply(element -> element.orElseThrow(() -> notFound(id)))
        .thenCompose(element -> files.delete(element.objectKey().stream().toList()));
  }

  private static DataLayerException notFound(ElementId id) {
    return DataLayerException.notFound("element", id);
  }
}
