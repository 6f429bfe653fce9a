package dev.threadkeep.http;

import dev.threadkeep.application.ThreadService;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Threads, as Chainlit's front end calls for them. */
final class FrontEndThreads {
  private final ThreadService threads;

  FrontEndThreads(ThreadService threads) {
    this.threads = threads;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/project/threads", Access.PEOPLE, this::list).readingOnly(),
        Route.get("/project/thread/{id}", Access.CALLERS, this::get),
        Route.put("/project/thread", Access.CALLERS, this::rename),
        Route.delete("/project/thread", Access.CALLERS, this::delete).taking(Route.Input.JSON));
  }

  /** Always the caller's own threads, whatever {@code filter.userId} says. */
  private CompletionStage<Answer> list(Call call) {
    Body pagination = call.body().object("pagination");
    PageRequest page =
        Query.page(
            pagination.whole("first"),
            pagination.optionalText("cursor").filter(cursor -> !cursor.isEmpty()));
    Optional<Body> filter = call.body().optionalObject("filter");
    UserId user = call.person().user();
    return Pages.answer(
        threads.list(call.caller(), user, filter.map(Filters::of).orElse(ThreadFilter.all()), page),
        page,
        thread -> listed(thread, user));
  }

  private CompletionStage<Answer> get(Call call) {
    return threads
        .load(call.caller(), ThreadId.of(call.id("id")), call.memory())
        .thenApply(conversation -> Answer.ok(body(conversation)));
  }

  private CompletionStage<Answer> rename(Call call) {
    return threads
        .update(
            call.caller(),
            ThreadId.of(call.body().text("threadId")),
            Patch.set(ThreadAttributes.NAME, call.body().text("name")))
        .thenApply(renamed -> Answer.success());
  }

  private CompletionStage<Answer> delete(Call call) {
    return threads
        .delete(call.caller(), ThreadId.of(call.body().text("threadId")))
        .thenApply(deleted -> Answer.success());
  }

  /** A thread with all that belongs to it, as Chainlit's {@code get_thread} gives it. */
  static JsonBody body(Conversation conversation) {
    JsonObject thread =
        ThreadAttributes.SCHEMA.toJson(conversation.thread()).without("steps").without("elements");
    int skipped = conversation.skipped();
    return JsonBody.startingWith(
            skipped == 0 ? thread : thread.with("skipped", JsonValue.of(skipped)))
        .list("steps", conversation.steps(), StepAttributes.SCHEMA::forEachMember)
        .list("elements", conversation.elements(), ElementAttributes.SCHEMA::forEachMember)
        .build();
  }

  /** Chainlit's list calls the time of last activity {@code createdAt}, and groups by it. */
  private static JsonObject listed(ThreadSummary thread, UserId user) {
    return JsonObject.of("id", JsonValue.of(thread.id().value()))
        .with("name", thread.name().<JsonValue>map(JsonValue::of).orElse(JsonValue.Null.NULL))
        .with("createdAt", JsonValue.of(thread.updatedAt().text()))
        .with("userId", JsonValue.of(user.value()))
        .with("userIdentifier", JsonValue.of(user.value()));
  }
}
