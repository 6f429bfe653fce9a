package dev.threadkeep.http;

import dev.threadkeep.application.DetailedThread;
import dev.threadkeep.application.ErasedUser;
import dev.threadkeep.application.ThreadExport;
import dev.threadkeep.application.ThreadService;
import dev.threadkeep.application.UserService;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.http.MemoryBudget.Claim;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Users and their threads in the service API. */
final class UserRoutes {
  private static final String USER = "/v1/users/{identifier}";
  private static final String LINES = "application/jsonl";

  private final UserService users;
  private final ThreadService threads;
  private final Clock clock;

  UserRoutes(UserService users, ThreadService threads, Clock clock) {
    this.users = users;
    this.threads = threads;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.put(USER, Access.CALLERS, this::put),
        Route.get(USER, Access.CALLERS, this::get),
        Route.delete(USER, Access.CALLERS, this::erase),
        Route.get(USER + "/export", Access.CALLERS, this::export).knowing("feedback"),
        Route.get(USER + "/threads", Access.CALLERS, this::list)
            .knowing("first", "cursor", "search", "feedback", "details"));
  }

  private CompletionStage<Answer> put(Call call) {
    String id = call.id("identifier");
    User user =
        UserAttributes.SCHEMA.fromCaller(call.body().withIds(Map.of("id", id, "identifier", id)));
    return users.put(call.caller(), user).thenApply(UserRoutes::answer);
  }

  private CompletionStage<Answer> get(Call call) {
    return users.get(call.caller(), UserId.of(call.id("identifier"))).thenApply(UserRoutes::answer);
  }

  private CompletionStage<Answer> erase(Call call) {
    return users
        .erase(call.caller(), UserId.of(call.id("identifier")), progress -> {})
        .thenApply(erased -> Answer.ok(receipt(erased)));
  }

  private JsonObject receipt(ErasedUser erased) {
    return JsonObject.of("identifier", JsonValue.of(erased.id().value()))
        .with("threads", JsonValue.of(erased.threads()))
        .with("items", JsonValue.of(erased.items()))
        .with("files", JsonValue.of(erased.files()))
        .with("erasedAt", JsonValue.of(Timestamp.of(clock.instant()).text()));
  }

  private CompletionStage<Answer> list(Call call) {
    UserId user = UserId.of(call.id("identifier"));
    ThreadFilter filter = Filters.of(call.query());
    PageRequest page = call.query().page();
    return call.query().flag("details")
        ? Pages.answer(
            threads
                .listDetailed(call.caller(), user, filter, page)
                .thenApply(UserRoutes::withoutDeleted),
            page,
            UserRoutes::detailed)
        : Pages.answer(threads.list(call.caller(), user, filter, page), page, UserRoutes::summary);
  }

  /** Its first thread is read before anything is answered, so that a failure can be. */
  private CompletionStage<Answer> export(Call call) {
    return threads
        .export(
            call.caller(),
            UserId.of(call.id("identifier")),
            Filters.of(call.query()),
            call.memory())
        .thenCompose(
            export ->
                export
                    .next()
                    .thenApply(first -> Answer.stream(LINES, lines(first, export, call.memory()))));
  }

  private static StreamBody lines(Optional<Conversation> first, ThreadExport export, Claim memory) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return new StreamBody(
        new JsonLines(
            () -> {
              if (isFirst.getAndSet(false)) {
                return CompletableFuture.completedStage(first.map(FrontEndThreads::body));
              }
              memory.release();
              return export.next().thenApply(thread -> thread.map(FrontEndThreads::body));
            }),
        OptionalLong.empty());
  }

  private static Answer answer(User user) {
    return Answer.ok(UserAttributes.SCHEMA.toJson(user));
  }

  private static JsonObject summary(ThreadSummary thread) {
    return JsonObject.of("id", JsonValue.of(thread.id().value()))
        .with("name", name(thread.name()))
        .with(ThreadAttributes.UPDATED_AT.name(), JsonValue.of(thread.updatedAt().text()));
  }

  /** What was deleted while the list was made is no longer part of it. */
  private static Page<DetailedThread> withoutDeleted(Page<DetailedThread> page) {
    return new Page<>(
        page.items().stream().filter(it -> it.thread().isPresent()).toList(),
        page.next(),
        page.stoppedAtBudget());
  }

  private static JsonObject detailed(DetailedThread thread) {
    JsonObject own = ThreadAttributes.SCHEMA.toJson(thread.thread().orElseThrow());
    return JsonObject.of("name", JsonValue.Null.NULL)
        .merge(own)
        .with(
            ThreadAttributes.UPDATED_AT.name(), JsonValue.of(thread.summary().updatedAt().text()));
  }

  private static JsonValue name(Optional<String> name) {
    return name.<JsonValue>map(JsonValue::of).orElse(JsonValue.Null.NULL);
  }
}
