package dev.threadkeep.domain;

import java.util.Optional;

/** One thing that a store holds, with all that the store knows of it: what a copy consists of. */
public sealed interface StoredItem {
  /** A user. */
  record OfUser(User user) implements StoredItem {}

  /**
   * A thread without what belongs to it.
   *
   * @param place its time in its owner's list; nothing when it has no owner
   */
  record OfThread(ChatThread thread, Optional<Timestamp> place) implements StoredItem {}

  /**
   * A step with its feedback and all of its large values.
   *
   * @param feedbackPlace the time of its feedback in the list of threads with feedback; nothing
   *     when it has none, or its thread has no owner
   */
  record OfStep(Step step, Optional<Timestamp> feedbackPlace) implements StoredItem {}

  /** An element without the content of its file. */
  record OfElement(Element element) implements StoredItem {}

  /**
   * Something of which the store cannot tell all.
   *
   * @param what names it: {@code step s-1 of thread t-2}
   */
  record Unreadable(String what, String reason) implements StoredItem {}
}
