package dev.threadkeep.local;

import static dev.threadkeep.domain.ThreadAttributes.CREATED_AT;
import static dev.threadkeep.domain.ThreadAttributes.SCHEMA;
import static dev.threadkeep.domain.ThreadAttributes.UPDATED_AT;
import static dev.threadkeep.domain.ThreadAttributes.USER_ID;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Threads as rows of the table {@code thread}, with the steps and elements that hang on them. */
final class LocalThreadRepository implements ThreadRepository {
  /** What a thread may take without being asked for its size. */
  private static final long AT_FIRST = 1_024 * 1_024;

  /** What entities take for each byte of their rows. */
  private static final int MEMORY_PER_BYTE = 2;

  private final Database database;
  private final Stamps stamps;

  LocalThreadRepository(Database database, Stamps stamps) {
    this.database = database;
    this.stamps = stamps;
  }

  @Override
  public CompletionStage<ChatThread> create(ChatThread thread) {
    return database.write(
        "create thread " + thread.id(),
        () -> SCHEMA.check(thread),
        handle -> create(handle, thread));
  }

  @Override
  public CompletionStage<Optional<ChatThread>> find(ThreadId id) {
    return database.read("find thread " + id, handle -> live(handle, id).map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Boolean> isTaken(ThreadId id) {
    return database.read(
        "is thread " + id + " taken",
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT 1 FROM thread WHERE id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public CompletionStage<Boolean> isExpired(ThreadId id) {
    return database.read("is thread " + id + " expired", handle -> isExpired(handle, id));
  }

  @Override
  public CompletionStage<List<ChatThread>> findAll(List<ThreadId> ids) {
    return database.read(
        "find threads " + ids,
        handle -> {
          if (ids.size() > PageRequest.MAX) {
            throw DataLayerException.invalid(
                "ids", ids.size() + " items, at most " + PageRequest.MAX);
          }
          return ids.stream()
              .map(id -> live(handle, id))
              .flatMap(Optional::stream)
              .map(SCHEMA::fromStored)
              .toList();
        });
  }

  @Override
  public CompletionStage<Optional<UserId>> findAuthor(ThreadId id) {
    return find(id).thenApply(found -> found.flatMap(ChatThread::userId));
  }

  @Override
  public CompletionStage<Optional<Conversation>> load(ThreadId id, MemoryReservation memory) {
    return memory.reserve(AT_FIRST).thenCompose(reserved -> load(id, memory, AT_FIRST));
  }

  @Override
  public CompletionStage<Page<ThreadSummary>> list(
      UserId owner, ThreadFilter filter, PageRequest page) {
    return database.read(
        "list threads of user " + owner,
        handle -> ThreadList.read(handle, owner, filter, page, stamps.clock().instant()));
  }

  @Override
  public CompletionStage<ChatThread> update(ThreadId id, Patch patch) {
    return database.write(
        "update thread " + id,
        () -> SCHEMA.check(patch),
        handle -> {
          JsonObject stored =
              live(handle, id).orElseThrow(() -> DataLayerException.notFound("thread", id));
          return patch.isNothing()
              ? SCHEMA.fromStored(stored)
              : ThreadRows.save(handle, stamps.now(UPDATED_AT, SCHEMA.apply(stored, patch)));
        });
  }

  @Override
  public CompletionStage<Void> touch(ThreadId id, Timestamp activity) {
    return database.write(
        "touch thread " + id,
        handle -> {
          Timestamp time =
              activity
                  .normalized()
                  .orElseThrow(() -> DataLayerException.invalid("activity", "must be a time"));
          ThreadRows.moveUp(handle, id, time, stamps.clock().instant());
          return null;
        });
  }

  @Override
  public CompletionStage<Deletion> clear(ThreadId id) {
    return database.write("clear thread " + id, handle -> ThreadRemoval.clear(handle, id));
  }

  @Override
  public CompletionStage<Deletion> delete(ThreadId id) {
    return database.write("delete thread " + id, handle -> ThreadRemoval.delete(handle, id));
  }

  private Optional<JsonObject> live(Handle handle, ThreadId id) {
    return ThreadRows.findLive(handle, id, stamps.clock().instant());
  }

  private boolean isExpired(Handle handle, ThreadId id) {
    return ThreadRows.isExpired(handle, id, stamps.clock().instant());
  }

  private ChatThread create(Handle handle, ChatThread thread) {
    JsonObject written =
        stamps.ifAbsent(CREATED_AT, SCHEMA.merge(JsonObject.empty(), SCHEMA.toJson(thread)));
    JsonObject stored = ThreadRows.find(handle, thread.id()).orElse(JsonObject.empty());
    boolean expired = isExpired(handle, thread.id());
    if (!expired && isSame(stored, written)) {
      return SCHEMA.fromStored(stored);
    }
    if (expired || stored.get(USER_ID.name()).isPresent()) {
      throw new DataLayerException(
          ErrorCode.ALREADY_EXISTS, "thread " + thread.id() + " already exists");
    }
    ThreadRows.ensure(handle, thread.id());
    ChatThread created = ThreadRows.save(handle, stamps.now(UPDATED_AT, complete(stored, written)));
    ThreadRows.moveUp(
        handle,
        thread.id(),
        SCHEMA.fromStored(written).createdAt().orElseThrow(),
        stamps.clock().instant());
    return created;
  }

  /** Whether this is what an earlier call of the same kind has stored. */
  private static boolean isSame(JsonObject stored, JsonObject written) {
    return Stream.of(USER_ID.name(), CREATED_AT.name())
        .allMatch(name -> stored.get(name).equals(written.get(name)));
  }

  /** What is stored with what it lacks, and the metadata of both. */
  private static JsonObject complete(JsonObject stored, JsonObject written) {
    JsonObject lacking = written;
    for (String name : written.members().keySet()) {
      boolean lacks = stored.get(name).map(JsonValue::isEmpty).orElse(true);
      if (!lacks && !name.equals(EntitySchema.METADATA)) {
        lacking = lacking.without(name);
      }
    }
    return SCHEMA.merge(stored, lacking);
  }

  /** Only what is reserved is read; what is larger is asked for, and may be larger again then. */
  private CompletionStage<Optional<Conversation>> load(
      ThreadId id, MemoryReservation memory, long reserved) {
    return database
        .read("load thread " + id, handle -> load(handle, id, reserved))
        .thenCompose(
            loaded ->
                loaded.memory() > reserved
                    ? memory
                        .reserve(loaded.memory() - reserved)
                        .thenCompose(more -> load(id, memory, loaded.memory()))
                    : CompletableFuture.completedStage(loaded.whole()));
  }

  private Loaded load(Handle handle, ThreadId id, long reserved) {
    Optional<JsonObject> thread = live(handle, id);
    long needed = thread.isEmpty() ? 0 : MEMORY_PER_BYTE * ThreadRows.bytesOfChildren(handle, id);
    return needed > reserved
        ? new Loaded(needed, Optional.empty())
        : new Loaded(needed, thread.map(it -> load(handle, id, it)));
  }

  private static Conversation load(Handle handle, ThreadId id, JsonObject thread) {
    Body.Entities<Step> steps =
        Body.entities(
            StepAttributes.SCHEMA,
            handle
                .createQuery("SELECT thread, id, body FROM step WHERE thread = :id")
                .bind("id", id));
    Body.Entities<Element> elements = ElementRows.of(handle, id);
    return new Conversation(
        SCHEMA.fromStored(thread),
        steps.readable(),
        elements.readable(),
        steps.skipped() + elements.skipped());
  }

  /**
   * What came of loading a thread.
   *
   * @param memory what it takes
   */
  private record Loaded(long memory, Optional<Conversation> whole) {}
}
