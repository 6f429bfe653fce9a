package dev.threadkeep.application;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.FeedbackId.Target;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.port.FeedbackRepository;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can be done with feedback: a person gives it on steps of their own threads only. */
public final class FeedbackService {
  private final FeedbackRepository feedback;
  private final Ownership ownership;

  FeedbackService(FeedbackRepository feedback, Ownership ownership) {
    this.feedback = feedback;
    this.ownership = ownership;
  }

  /** Sets the feedback of a step; fails with {@code NOT_FOUND} when there is no such step. */
  public CompletionStage<Feedback> put(Caller caller, Feedback given) {
    return ownership.check(caller, given.threadId()).thenCompose(allowed -> feedback.upsert(given));
  }

  /**
   * Removes the feedback of a step, if it has one; fails with {@code NOT_FOUND} when there is no
   * such step.
   */
  public CompletionStage<Void> delete(Caller caller, ThreadId thread, StepId step) {
    return ownership.check(caller, thread).thenCompose(allowed -> feedback.delete(thread, step));
  }

  /**
   * Removes a feedback by its id: of the steps that the id can stand for, the first that exists and
   * that the caller reaches. Fails with {@code NOT_FOUND}.
   */
  public CompletionStage<Void> delete(Caller caller, FeedbackId id) {
    return deleteFirst(caller, id, id.targets());
  }

  /** Steps of others do not count: whoever makes one must not hide the step that is meant. */
  private CompletionStage<Void> deleteFirst(Caller caller, FeedbackId id, List<Target> targets) {
    if (targets.isEmpty()) {
      return CompletableFuture.failedStage(DataLayerException.notFound("feedback", id));
    }
    Target target = targets.get(0);
    return delete(caller, target.thread(), target.step())
        .exceptionallyCompose(
            failure ->
                targets.size() > 1 && Stages.isFailedWith(ErrorCode.NOT_FOUND, failure)
                    ? deleteFirst(caller, id, targets.subList(1, targets.size()))
                    : CompletableFuture.failedStage(failure));
  }
}
