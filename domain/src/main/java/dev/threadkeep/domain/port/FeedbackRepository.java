package dev.threadkeep.domain.port;

import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.concurrent.CompletionStage;

/** The feedback on steps; it is read with its step. */
public interface FeedbackRepository {
  /**
   * Sets the feedback of a step, in the place of an earlier one. Atomic, idempotent.
   *
   * @return the feedback; fails with {@code NOT_FOUND} when there is no such step, which is never
   *     created
   */
  CompletionStage<Feedback> upsert(Feedback feedback);

  /**
   * Removes the feedback of a step, if it has one. Idempotent; fails with {@code NOT_FOUND} when
   * there is no such step.
   */
  CompletionStage<Void> delete(ThreadId thread, StepId step);
}
