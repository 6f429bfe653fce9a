package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Creates a thread: one write, which is refused where there is one already. A refusal can be the
 * answer to the SDK's own repetition of a write whose reply was lost; then the stored thread is the
 * one that was to be created.
 */
final class ThreadCreation {
  private static final String USER_ID = ThreadAttributes.USER_ID.name();

  /** What the owner whom a thread gets brings along, whatever stands there. */
  private static final Set<String> OWNERSHIP =
      Set.of(
          USER_ID,
          ThreadAttributes.USER_IDENTIFIER.name(),
          Keys.INDEX_PK,
          Keys.INDEX_SK,
          ThreadAttributes.UPDATED_AT.name());

  private final Requests requests;
  private final Instant now;
  private final ItemKey key;
  private final JsonObject metadata;
  private final Optional<UserId> owner;
  private final Timestamp createdAt;
  private final Map<String, AttributeValue> attributes;

  /**
   * A creation.
   *
   * @throws DataLayerException when the thread breaks a limit
   */
  ThreadCreation(Requests requests, ChatThread thread, Instant now) {
    ThreadAttributes.SCHEMA.check(thread);
    this.requests = requests;
    this.now = now;
    Timestamp stamp = Timestamp.of(now);
    key = Keys.thread(thread.id());
    metadata = thread.metadata().orElse(JsonObject.empty());
    owner = thread.userId();
    createdAt = thread.createdAt().flatMap(Timestamp::normalized).orElse(stamp);
    attributes = Schemas.THREADS.itemToMap(thread, true);
    set(ThreadAttributes.CREATED_AT.name(), createdAt.text());
    set(ThreadAttributes.UPDATED_AT.name(), stamp.text());
    if (owner.isPresent()) {
      set(Keys.INDEX_PK, Keys.indexPartition(owner.get()));
      set(Keys.INDEX_SK, Keys.indexSort(createdAt));
    }
    if (thread.metadata().isPresent()) {
      JsonObject withoutNulls = JsonObject.empty().merge(metadata);
      attributes.put(EntitySchema.METADATA, JsonConverter.toAttribute(withoutNulls));
    }
    ItemSize.check(ThreadAttributes.SCHEMA.entity(), attributes);
    attributes.keySet().removeAll(Set.of(Keys.PK, Keys.SK));
  }

  CompletionStage<ChatThread> run() {
    Update create = new Update();
    create.onlyIfMissing(Keys.PK);
    attributes.forEach(create::set);
    return requests
        .update(key, create)
        .thenCompose(
            outcome ->
                outcome.written()
                    ? CompletableFuture.completedStage(outcome.item())
                    : settleOrComplete(outcome.item()))
        .thenApply(Schemas.THREADS::entityOf);
  }

  private CompletionStage<Map<String, AttributeValue>> settleOrComplete(
      Map<String, AttributeValue> stored) {
    return settle(stored)
        .map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                new MergingUpdate(
                        requests,
                        key,
                        () -> complete(stored),
                        JsonConverter.toAttributes(metadata),
                        this::settleCompletion)
                    .change());
  }

  /** The stored thread when it is the very one; nothing when it has no owner, and is not over. */
  private Optional<Map<String, AttributeValue>> settle(Map<String, AttributeValue> stored) {
    if (Expiry.isOver(stored, now)) {
      throw alreadyExists();
    }
    Optional<ChatThread> other = Schemas.THREADS.read(stored);
    Optional<UserId> otherOwner = other.flatMap(ChatThread::userId);
    if (otherOwner.equals(owner)
        && other.flatMap(ChatThread::createdAt).equals(Optional.of(createdAt))) {
      return Optional.of(stored);
    }
    if (otherOwner.isPresent()) {
      throw alreadyExists();
    }
    return Optional.empty();
  }

  /** The stored thread when it has got its owner by this very call as well. */
  private Optional<Map<String, AttributeValue>> settleCompletion(
      Map<String, AttributeValue> stored) {
    Optional<ChatThread> other = Schemas.THREADS.read(stored);
    boolean isDone =
        other.flatMap(ChatThread::userId).equals(owner)
            && other.flatMap(ChatThread::updatedAt).equals(Optional.of(Timestamp.of(now)));
    return isDone && !Expiry.isOver(stored, now) ? Optional.of(stored) : settle(stored);
  }

  /** Gives a thread that has no owner what it lacks; what it has stays. */
  private Update complete(Map<String, AttributeValue> stored) {
    Update update = new Update().onlyIfHas(Keys.PK);
    update.onlyIfStill(USER_ID, stored.get(USER_ID));
    attributes.forEach(
        (name, value) -> {
          AttributeValue seen = stored.getOrDefault(name, Schemas.NULL);
          boolean isMerged = name.equals(EntitySchema.METADATA);
          if (OWNERSHIP.contains(name) || (!isMerged && JsonConverter.toJson(seen).isEmpty())) {
            update.set(name, value);
          }
        });
    return update;
  }

  private DataLayerException alreadyExists() {
    return new DataLayerException(ErrorCode.ALREADY_EXISTS, key + " already exists");
  }

  private void set(String name, String text) {
    attributes.put(name, AttributeValue.fromS(text));
  }
}
