package dev.threadkeep.http;

import dev.threadkeep.application.FeedbackService;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Feedback in the service API. */
final class FeedbackRoutes {
  private static final String FEEDBACK = "/v1/threads/{id}/steps/{stepId}/feedback";

  private final FeedbackService feedback;

  FeedbackRoutes(FeedbackService feedback) {
    this.feedback = feedback;
  }

  List<Route> routes() {
    return List.of(
        Route.put(FEEDBACK, Access.CALLERS, this::put),
        Route.delete(FEEDBACK, Access.CALLERS, this::delete));
  }

  private CompletionStage<Answer> put(Call call) {
    ThreadId thread = ThreadId.of(call.id("id"));
    StepId step = StepId.of(call.id("stepId"));
    JsonObject given =
        call.body()
            .withIds(
                Map.of(
                    FeedbackAttributes.ID.name(), FeedbackId.of(thread, step).value(),
                    FeedbackAttributes.FOR_ID.name(), step.value(),
                    FeedbackAttributes.THREAD_ID.name(), thread.value()));
    Feedback rating = FeedbackAttributes.SCHEMA.fromCaller(given);
    return feedback
        .put(call.caller(), rating)
        .thenApply(stored -> Answer.ok(FeedbackAttributes.SCHEMA.toJson(stored)));
  }

  private CompletionStage<Answer> delete(Call call) {
    return feedback
        .delete(call.caller(), ThreadId.of(call.id("id")), StepId.of(call.id("stepId")))
        .thenApply(deleted -> Answer.noContent());
  }
}
