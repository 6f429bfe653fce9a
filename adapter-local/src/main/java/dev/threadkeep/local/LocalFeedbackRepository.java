package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.FeedbackRepository;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** Feedback as an attribute of its step. */
final class LocalFeedbackRepository implements FeedbackRepository {
  private static final String FEEDBACK = StepAttributes.FEEDBACK.name();

  private final Database database;

  LocalFeedbackRepository(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Feedback> upsert(Feedback feedback) {
    ThreadId thread = feedback.threadId();
    StepId step = feedback.stepId();
    return database.write(
        "upsert feedback on " + StepRows.name(thread, step),
        () -> FeedbackAttributes.SCHEMA.check(feedback),
        handle -> {
          JsonObject written = FeedbackAttributes.SCHEMA.toJson(feedback);
          StepRows.save(handle, stored(handle, thread, step).with(FEEDBACK, written));
          Entries.putFeedback(handle, feedback);
          return feedback;
        });
  }

  @Override
  public CompletionStage<Void> delete(ThreadId thread, StepId step) {
    return database.write(
        "delete feedback on " + StepRows.name(thread, step),
        handle -> {
          JsonObject stored = stored(handle, thread, step);
          if (stored.get(FEEDBACK).isPresent()) {
            StepRows.save(handle, stored.without(FEEDBACK));
            Entries.removeFeedback(handle, thread, step);
          }
          return null;
        });
  }

  private static JsonObject stored(Handle handle, ThreadId thread, StepId step) {
    return StepRows.find(handle, thread, step)
        .orElseThrow(() -> DataLayerException.notFound("step", step));
  }
}
