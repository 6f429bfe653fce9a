package dev.threadkeep.domain.port;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The elements of threads, without the content of their files. An element may be stored before its
 * thread or step is, and needs no step.
 */
public interface ElementRepository {
  /** The element, or nothing when there is none of this id in this thread. */
  CompletionStage<Optional<Element>> find(ThreadId thread, ElementId id);

  /**
   * Creates the element, or merges it into the one that is stored: absent attributes stay, an empty
   * value does not replace one that is not, all else is replaced. Atomic; repeating it is safe.
   *
   * @return the element as it is stored now
   */
  CompletionStage<Element> upsert(Element element);

  /**
   * Removes the element, not its file. The element that was removed, or nothing when there was
   * none.
   */
  CompletionStage<Optional<Element>> delete(ThreadId thread, ElementId id);

  /** The elements that belong to a step, in the order of their ids. */
  CompletionStage<List<Element>> listOfStep(ThreadId thread, StepId step);
}
