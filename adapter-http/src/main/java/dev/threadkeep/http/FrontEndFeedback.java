package dev.threadkeep.http;

import dev.threadkeep.application.FeedbackService;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Feedback, as Chainlit's front end gives it. */
final class FrontEndFeedback {
  private static final List<String> TAKEN = List.of("forId", "threadId", "value", "comment");

  private final FeedbackService feedback;

  FrontEndFeedback(FeedbackService feedback) {
    this.feedback = feedback;
  }

  List<Route> routes() {
    return List.of(
        Route.put("/feedback", Access.CALLERS, this::put),
        Route.delete("/feedback", Access.CALLERS, this::delete).taking(Route.Input.JSON));
  }

  private CompletionStage<Answer> put(Call call) {
    Feedback given =
        FeedbackAttributes.SCHEMA.fromCaller(call.body().object("feedback").only(TAKEN));
    return feedback
        .put(call.caller(), given)
        .thenApply(
            stored ->
                Answer.ok(
                    JsonObject.of("success", JsonValue.of(true))
                        .with("feedbackId", JsonValue.of(stored.id().value()))));
  }

  private CompletionStage<Answer> delete(Call call) {
    return feedback
        .delete(call.caller(), FeedbackId.of(call.body().text("feedbackId")))
        .thenApply(deleted -> Answer.success());
  }
}
