package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.FeedbackRepository;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The feedback, which is an attribute of its step. The step is written first: an entry of the index
 * that is missing then is written when the call is repeated, or the thread loaded.
 */
final class DynamoDbFeedback implements FeedbackRepository {
  private static final String FEEDBACK = StepAttributes.FEEDBACK.name();

  private final Requests requests;
  private final Entries entries;

  DynamoDbFeedback(Requests requests) {
    this.requests = requests;
    this.entries = new Entries(requests);
  }

  @Override
  public CompletionStage<Feedback> upsert(Feedback feedback) {
    return Stages.begin(
        () -> {
          FeedbackAttributes.SCHEMA.check(feedback);
          JsonObject json = FeedbackAttributes.SCHEMA.toJson(feedback);
          AttributeValue value = JsonConverter.toAttribute(json);
          return change(feedback.threadId(), feedback.stepId(), new Update().set(FEEDBACK, value))
              .thenApply(changed -> feedback);
        });
  }

  @Override
  public CompletionStage<Void> delete(ThreadId thread, StepId step) {
    return change(thread, step, new Update().remove(FEEDBACK));
  }

  /** Changes the step, and then its entry as the step is now. */
  private CompletionStage<Void> change(ThreadId thread, StepId step, Update change) {
    return requests
        .update(Keys.step(thread, step), change.onlyIfHas(StepAttributes.ID.name()))
        .thenCompose(
            outcome -> {
              if (!outcome.written()) {
                throw DataLayerException.notFound("step", step);
              }
              return entries.follow(Mark.FEEDBACK, Schemas.STEPS.entityOf(outcome.item()));
            });
  }
}
