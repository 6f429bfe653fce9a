package dev.threadkeep.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The id of a feedback as Chainlit's data layer makes it: {@code THREAD#{threadId}::STEP#{stepId}}.
 * Ids may contain the separator themselves, so one feedback id can stand for several steps: the one
 * that exists is meant.
 */
public record FeedbackId(String value) {
  private static final String THREAD = "THREAD#";
  private static final String STEP = "::STEP#";

  public FeedbackId {
    Limits.requireNonEmpty("feedback id", value);
  }

  public static FeedbackId of(String value) {
    return new FeedbackId(value);
  }

  /** The id of the feedback on a step. */
  public static FeedbackId of(ThreadId thread, StepId step) {
    return new FeedbackId(THREAD + thread.value() + STEP + step.value());
  }

  /** A step within its thread. */
  public record Target(ThreadId thread, StepId step) {}

  /** Every step that this id can stand for; empty when it is not of the form. */
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    if (value.startsWith(THREAD)) {
      for (int at = value.indexOf(STEP); at >= 0; at = value.indexOf(STEP, at + 1)) {
        String thread = at < THREAD.length() ? "" : value.substring(THREAD.length(), at);
        String step = value.substring(at + STEP.length());
        if (!thread.isEmpty() && !step.isEmpty()) {
          targets.add(new Target(ThreadId.of(thread), StepId.of(step)));
        }
      }
    }
    return targets;
  }

  @Override
  public String toString() {
    return value;
  }
}
