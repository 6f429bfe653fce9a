package dev.threadkeep.domain;

import java.util.List;

/**
 * A thread with all that belongs to it.
 *
 * @param steps in the order of their times, ties by id
 * @param elements in the order of their ids
 * @param skipped how many stored items could not be understood, and are left out
 */
public record Conversation(
    ChatThread thread, List<Step> steps, List<Element> elements, int skipped) {
  public Conversation {
    steps = List.copyOf(steps);
    elements = List.copyOf(elements);
  }
}
