package dev.threadkeep.application;

import dev.threadkeep.application.Caller.Person;
import dev.threadkeep.domain.Attribute.Access;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Creates threads, or merges them into what is stored already. */
final class ThreadCreation {
  private final ThreadRepository threads;
  private final Ownership ownership;
  private final Activity activity;
  private final ThreadEnds ends;

  ThreadCreation(
      ThreadRepository threads, Ownership ownership, Activity activity, ThreadEnds ends) {
    this.threads = threads;
    this.ownership = ownership;
    this.activity = activity;
    this.ends = ends;
  }

  /** See {@link ThreadService#put}. */
  CompletionStage<ChatThread> put(Caller caller, ChatThread thread) {
    return caller instanceof Person person ? putOwn(person, thread) : createOrMerge(caller, thread);
  }

  /**
   * A person takes over nothing that is stored under the id already, be it ownerless or steps
   * without a thread.
   */
  private CompletionStage<ChatThread> putOwn(Person person, ChatThread thread) {
    if (thread.userId().isPresent() && !Ownership.reaches(person, thread)) {
      return CompletableFuture.failedStage(DataLayerException.notFound("thread", thread.id()));
    }
    ChatThread owned = ChatThread.builder().from(thread).userId(person.id()).build();
    return threads
        .isTaken(thread.id())
        .thenCompose(taken -> taken ? mergeInto(person, owned) : createOrMerge(person, owned));
  }

  private CompletionStage<ChatThread> createOrMerge(Caller caller, ChatThread thread) {
    return threads
        .create(ends.ofNew(thread))
        .thenApply(
            created -> {
              activity.created(created.id());
              return created;
            })
        .exceptionallyCompose(
            failure ->
                Stages.isFailedWith(ErrorCode.ALREADY_EXISTS, failure)
                    ? mergeInto(caller, thread)
                    : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<ChatThread> mergeInto(Caller caller, ChatThread thread) {
    return stored(caller, thread.id())
        .thenCompose(
            stored -> {
              if (thread.userId().isPresent() && !thread.userId().equals(stored.userId())) {
                throw new DataLayerException(
                    ErrorCode.CONFLICT,
                    "thread " + thread.id() + " has another owner, who cannot be changed");
              }
              Patch patch = patchFrom(thread);
              return patch.isNothing()
                  ? CompletableFuture.completedStage(stored)
                  : threads.update(thread.id(), patch);
            });
  }

  /** A person is not told what has an id that is taken; the service is. */
  private CompletionStage<ChatThread> stored(Caller caller, ThreadId id) {
    return ownership
        .find(caller, id)
        .thenApply(found -> found.orElseThrow(() -> isNotThere(caller, id)));
  }

  private static DataLayerException isNotThere(Caller caller, ThreadId id) {
    return caller instanceof Person
        ? DataLayerException.notFound("thread", id)
        : new DataLayerException(
            ErrorCode.CONFLICT, "thread " + id + " has expired, and its id is not free again yet");
  }

  /**
   * What a repeated create changes: every attribute that callers may change and that says
   * something.
   */
  private static Patch patchFrom(ChatThread thread) {
    Map<String, JsonValue> changes =
        new LinkedHashMap<>(ThreadAttributes.SCHEMA.toJson(thread).members());
    changes.values().removeIf(JsonValue::isEmpty);
    ThreadAttributes.SCHEMA.attributes().stream()
        .filter(attribute -> attribute.access() != Access.OPEN)
        .forEach(attribute -> changes.remove(attribute.name()));
    return new Patch(new JsonObject(changes));
  }
}
