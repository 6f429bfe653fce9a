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

  /**
   * Longer ids stand in no table: DynamoDB's keys end here, and what is created is shorter. Without
   * a bound a text made of separators alone would have more targets than memory holds.
   */
  private static final int THREAD_CHARACTERS = 2_048;

  private static final int STEP_CHARACTERS = 1_024;

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
      int first = Math.max(THREAD.length() + 1, value.length() - STEP.length() - STEP_CHARACTERS);
      int last = Math.min(THREAD.length() + THREAD_CHARACTERS, value.length() - STEP.length() - 1);
      int at = value.indexOf(STEP, first);
      while (at >= 0 && at <= last) {
        ThreadId thread = ThreadId.of(value.substring(THREAD.length(), at));
        targets.add(new Target(thread, StepId.of(value.substring(at + STEP.length()))));
        at = value.indexOf(STEP, at + 1);
      }
    }
    return targets;
  }

  @Override
  public String toString() {
    return value;
  }
}
