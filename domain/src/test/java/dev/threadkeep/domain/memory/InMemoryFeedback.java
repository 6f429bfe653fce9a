package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.FeedbackRepository;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

final class InMemoryFeedback implements FeedbackRepository {
  private static final String NAME = StepAttributes.FEEDBACK.name();

  private final Tables tables;

  InMemoryFeedback(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Feedback> upsert(Feedback feedback) {
    return tables.run(
        () -> {
          FeedbackAttributes.SCHEMA.check(feedback);
          JsonObject written = FeedbackAttributes.SCHEMA.toJson(feedback);
          change(feedback.threadId(), feedback.stepId(), step -> step.with(NAME, written));
          Partition partition = tables.partition(feedback.threadId());
          partition.feedbackAt.put(feedback.stepId().value(), partition.activity);
          return feedback;
        });
  }

  @Override
  public CompletionStage<Void> delete(ThreadId thread, StepId step) {
    return tables.run(
        () -> {
          change(thread, step, stored -> stored.without(NAME));
          tables.partition(thread).feedbackAt.remove(step.value());
          return null;
        });
  }

  private void change(ThreadId thread, StepId step, UnaryOperator<JsonObject> change) {
    JsonObject changed =
        tables
            .partition(thread)
            .steps
            .computeIfPresent(step.value(), (id, stored) -> change.apply(stored));
    if (changed == null) {
      throw DataLayerException.notFound("step", step);
    }
  }
}
