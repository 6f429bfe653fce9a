package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.ThreadService;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Threads in the service API. */
final class ThreadRoutes {
  private static final String THREAD = "/v1/threads/{id}";
  private static final String USER_ID = ThreadAttributes.USER_ID.name();
  private static final String USER_IDENTIFIER = ThreadAttributes.USER_IDENTIFIER.name();

  /** What an answer has beside the thread's own data; a thread that kept it could not show it. */
  private static final List<String> BESIDE = List.of("steps", "elements", "skipped");

  private static final List<String> OWNER = List.of(USER_ID, USER_IDENTIFIER);

  private final ThreadService threads;

  ThreadRoutes(ThreadService threads) {
    this.threads = threads;
  }

  List<Route> routes() {
    return List.of(
        Route.put(THREAD, Access.CALLERS, this::put),
        Route.patch(THREAD, Access.CALLERS, this::patch),
        Route.get(THREAD, Access.CALLERS, this::get),
        Route.delete(THREAD, Access.CALLERS, this::delete),
        Route.get(THREAD + "/author", Access.CALLERS, this::author));
  }

  private CompletionStage<Answer> put(Call call) {
    ChatThread thread =
        ThreadAttributes.SCHEMA.fromCaller(ownData(call).withIds(Map.of("id", call.id("id"))));
    return threads.put(call.caller(), thread).thenApply(ThreadRoutes::answer);
  }

  private CompletionStage<Answer> patch(Call call) {
    ThreadId id = ThreadId.of(call.id("id"));
    JsonObject changes = ownData(call).withoutIds(Map.of("id", id.value())).json();
    JsonObject own = changes.without(USER_ID).without(USER_IDENTIFIER);
    return checkOwner(call.caller(), id, changes)
        .thenCompose(same -> threads.update(call.caller(), id, new Patch(own)))
        .thenApply(ThreadRoutes::answer);
  }

  private CompletionStage<Answer> get(Call call) {
    return threads
        .load(call.caller(), ThreadId.of(call.id("id")), call.memory())
        .thenApply(conversation -> Answer.ok(FrontEndThreads.body(conversation)));
  }

  private CompletionStage<Answer> delete(Call call) {
    return threads
        .delete(call.caller(), ThreadId.of(call.id("id")))
        .thenApply(deleted -> Answer.noContent());
  }

  private CompletionStage<Answer> author(Call call) {
    return threads
        .author(call.caller(), ThreadId.of(call.id("id")))
        .thenApply(ThreadRoutes::author);
  }

  private static Body ownData(Call call) {
    for (String name : BESIDE) {
      if (call.body().json().get(name).isPresent()) {
        throw DataLayerException.invalid(name, "is reserved");
      }
    }
    return call.body();
  }

  /** A body may repeat the owner; nobody changes it. */
  private CompletionStage<Void> checkOwner(Caller caller, ThreadId id, JsonObject changes) {
    if (OWNER.stream().noneMatch(name -> changes.get(name).isPresent())) {
      return CompletableFuture.completedStage(null);
    }
    return threads
        .get(caller, id)
        .thenAccept(
            stored -> {
              JsonValue owner =
                  stored
                      .userId()
                      .<JsonValue>map(it -> JsonValue.of(it.value()))
                      .orElse(JsonValue.Null.NULL);
              if (!OWNER.stream().allMatch(name -> changes.get(name).orElse(owner).equals(owner))) {
                throw ownerStays(caller, stored);
              }
            });
  }

  /** A person is not told that there are others; the service knows. */
  private static DataLayerException ownerStays(Caller caller, ChatThread stored) {
    if (caller instanceof Caller.Person) {
      return DataLayerException.notFound("thread", stored.id());
    }
    String why =
        stored.userId().isPresent()
            ? " has another owner, who cannot be changed"
            : " has no owner, and PATCH gives it none; PUT does";
    return new DataLayerException(ErrorCode.CONFLICT, "thread " + stored.id() + why);
  }

  private static Answer answer(ChatThread thread) {
    return Answer.ok(ThreadAttributes.SCHEMA.toJson(thread));
  }

  private static Answer author(UserId author) {
    JsonValue identifier = JsonValue.of(author.value());
    return Answer.ok(JsonObject.of(USER_ID, identifier).with(USER_IDENTIFIER, identifier));
  }
}
