package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
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
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

final class InMemoryThreads implements ThreadRepository {
  private static final EntitySchema<ChatThread, ChatThread.Builder> SCHEMA =
      ThreadAttributes.SCHEMA;

  private final Tables tables;

  InMemoryThreads(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<ChatThread> create(ChatThread thread) {
    return tables.run(
        () -> {
          JsonObject written = Tables.merge(SCHEMA, JsonObject.empty(), thread);
          written = tables.stampIfAbsent(written, ThreadAttributes.CREATED_AT);
          Partition partition = tables.partition(thread.id());
          JsonObject stored = partition.thread.orElse(JsonObject.empty());
          boolean expired = partition.thread.filter(tables::isExpired).isPresent();
          if (expired || !isSame(stored, written)) {
            if (expired || stored.get(ThreadAttributes.USER_ID.name()).isPresent()) {
              throw new DataLayerException(
                  ErrorCode.ALREADY_EXISTS, "thread " + thread.id() + " already exists");
            }
            stored = tables.stamp(complete(stored, written), ThreadAttributes.UPDATED_AT);
            partition.thread = Optional.of(stored);
            partition.activity = SCHEMA.fromStored(written).createdAt().orElseThrow();
            tables.partitions.put(thread.id(), partition);
          }
          return SCHEMA.fromStored(stored);
        });
  }

  @Override
  public CompletionStage<Optional<ChatThread>> find(ThreadId id) {
    return tables.run(() -> tables.live(tables.partition(id)).map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Boolean> isTaken(ThreadId id) {
    return tables.run(() -> tables.partition(id).size() > 0);
  }

  @Override
  public CompletionStage<Boolean> isExpired(ThreadId id) {
    return tables.run(() -> tables.partition(id).thread.filter(tables::isExpired).isPresent());
  }

  @Override
  public CompletionStage<List<ChatThread>> findAll(List<ThreadId> ids) {
    return tables.run(
        () -> {
          if (ids.size() > PageRequest.MAX) {
            throw DataLayerException.invalid(
                "ids", ids.size() + " items, at most " + PageRequest.MAX);
          }
          return ids.stream()
              .flatMap(id -> tables.live(tables.partition(id)).stream())
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
    return tables
        .run(() -> tables.partition(id).length())
        .thenCompose(memory::reserve)
        .thenCompose(reserved -> load(id));
  }

  @Override
  public CompletionStage<Optional<Conversation>> load(ThreadId id) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(id);
          return tables
              .live(partition)
              .map(
                  thread ->
                      new Conversation(
                          SCHEMA.fromStored(thread),
                          partition.steps.values().stream()
                              .map(StepAttributes.SCHEMA::fromStored)
                              .toList(),
                          elements(partition),
                          0));
        });
  }

  @Override
  public CompletionStage<Page<ThreadSummary>> list(
      UserId owner, ThreadFilter filter, PageRequest page) {
    return tables.run(() -> new ThreadList(tables, owner, filter).page(page));
  }

  @Override
  public CompletionStage<ChatThread> update(ThreadId id, Patch patch) {
    return tables.run(
        () -> {
          SCHEMA.check(patch);
          Partition partition = tables.partition(id);
          JsonObject stored =
              tables.live(partition).orElseThrow(() -> DataLayerException.notFound("thread", id));
          if (!patch.isNothing()) {
            stored = tables.stamp(SCHEMA.apply(stored, patch), ThreadAttributes.UPDATED_AT);
            partition.thread = Optional.of(stored);
          }
          return SCHEMA.fromStored(stored);
        });
  }

  @Override
  public CompletionStage<Void> touch(ThreadId id, Timestamp activity) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(id);
          Timestamp time =
              activity
                  .normalized()
                  .orElseThrow(() -> DataLayerException.invalid("activity", "must be a time"));
          if (tables.live(partition).isPresent()
              && Timestamp.ORDER.compare(time, partition.activity) > 0) {
            partition.activity = time;
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Deletion> clear(ThreadId id) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(id);
          List<BlobKey> files = partition.files();
          int children = partition.steps.size() + partition.elements.size();
          partition.filesLeft.addAll(files);
          partition.steps.clear();
          partition.feedbackAt.clear();
          partition.elements.clear();
          if (partition.thread.isEmpty()) {
            tables.partitions.remove(id);
          }
          return new Deletion(children, files);
        });
  }

  @Override
  public CompletionStage<Deletion> delete(ThreadId id) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(id);
          tables.partitions.remove(id);
          return new Deletion(partition.size(), partition.files());
        });
  }

  private static List<Element> elements(Partition partition) {
    return partition.elements.values().stream().map(ElementAttributes.SCHEMA::fromStored).toList();
  }

  private static boolean isSame(JsonObject stored, JsonObject written) {
    return Stream.of(ThreadAttributes.USER_ID, ThreadAttributes.CREATED_AT)
        .map(Attribute::name)
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
}
