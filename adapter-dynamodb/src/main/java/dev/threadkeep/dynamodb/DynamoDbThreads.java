package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The threads. */
final class DynamoDbThreads implements ThreadRepository {
  private static final String THREAD = ThreadAttributes.SCHEMA.entity();

  private final Requests requests;
  private final DynamoDbAsyncTable<ChatThread> threads;
  private final Clock clock;
  private final Batches batches;
  private final LargeValues large;
  private final Entries entries;
  private final boolean threadsExpire;

  /**
   * @param threadsExpire whether lists have to look for threads that have expired
   */
  DynamoDbThreads(
      Requests requests, Clock clock, Batches batches, LargeValues large, boolean threadsExpire) {
    this.threadsExpire = threadsExpire;
    this.requests = requests;
    this.large = large;
    this.threads = requests.items(Schemas.THREADS);
    this.clock = clock;
    this.batches = batches;
    this.entries = new Entries(requests);
  }

  @Override
  public CompletionStage<ChatThread> create(ChatThread thread) {
    return Stages.begin(() -> new ThreadCreation(requests, thread, clock.instant()).run());
  }

  @Override
  public CompletionStage<Optional<ChatThread>> find(ThreadId id) {
    return requests
        .find(threads, Keys.thread(id))
        .thenApply(found -> found.filter(thread -> !thread.isExpired(clock.instant())));
  }

  /**
   * Consistent, because whoever asks takes the id if it is free. Entries take nothing: Chainlit's
   * layer leaves them behind where it deletes a thread.
   */
  @Override
  public CompletionStage<Boolean> isTaken(ThreadId id) {
    return requests
        .query(Query.thread(id).project(Keys.PK, Keys.SK).limit(1).consistent())
        .thenCompose(
            page ->
                page.items().stream().anyMatch(it -> Keys.entryOf(ItemKey.of(it)).isPresent())
                    ? isMoreThanEntries(id)
                    : CompletableFuture.completedStage(!page.items().isEmpty()));
  }

  /** Elements come before entries, so only the thread and its steps are left to be looked for. */
  private CompletionStage<Boolean> isMoreThanEntries(ThreadId id) {
    return requests
        .item(Keys.thread(id))
        .thenCombine(
            requests.query(Query.steps(id).project(Keys.PK).limit(1).consistent()),
            (thread, steps) -> !thread.isEmpty() || !steps.items().isEmpty());
  }

  /** Consistent, because whoever asks may remove the thread. */
  @Override
  public CompletionStage<Boolean> isExpired(ThreadId id) {
    return requests
        .item(Keys.thread(id))
        .thenApply(thread -> Expiry.isOver(thread, clock.instant()));
  }

  @Override
  public CompletionStage<List<ChatThread>> findAll(List<ThreadId> ids) {
    return Stages.begin(
        () -> {
          if (ids.size() > PageRequest.MAX) {
            throw DataLayerException.invalid(
                "ids", ids.size() + " items, at most " + PageRequest.MAX);
          }
          List<ItemKey> keys = ids.stream().map(Keys::thread).toList();
          return batches
              .get(keys)
              .thenApply(
                  items ->
                      keys.stream()
                          .map(key -> items.getOrDefault(key, Map.of()))
                          .filter(item -> !item.isEmpty())
                          .flatMap(item -> Schemas.THREADS.read(item).stream())
                          .filter(thread -> !thread.isExpired(clock.instant()))
                          .toList());
        });
  }

  @Override
  public CompletionStage<Optional<UserId>> findAuthor(ThreadId id) {
    String owner = ThreadAttributes.USER_ID.name();
    return requests
        .attributes(Keys.thread(id), List.of(owner, Keys.EXPIRES_AT))
        .thenApply(
            found ->
                Optional.ofNullable(found.get(owner))
                    .filter(there -> !Expiry.isOver(found, clock.instant()))
                    .flatMap(
                        value ->
                            ThreadAttributes.USER_ID.type().read(JsonConverter.toJson(value))));
  }

  @Override
  public CompletionStage<Optional<Conversation>> load(ThreadId id, MemoryReservation memory) {
    Partition partition = new Partition();
    return requests
        .queryAll(Query.thread(id), memory, partition::add)
        .thenCompose(
            all ->
                partition.isExpired(clock.instant())
                    ? CompletableFuture.completedStage(Optional.empty())
                    : entries
                        .complete(partition.entries())
                        .thenCompose(complete -> partition.conversation(large, memory)));
  }

  @Override
  public CompletionStage<Page<ThreadSummary>> list(
      UserId owner, ThreadFilter filter, PageRequest page) {
    return Stages.begin(
        () ->
            filter.feedback().isPresent()
                ? new FeedbackList(requests, batches, clock, owner, filter).page(page)
                : new ThreadList(requests, owner, filter, reader(filter)).page(page));
  }

  private Listing.Reader<ThreadSummary> reader(ThreadFilter filter) {
    Listing.Reader<ThreadSummary> entries = ThreadList.reader(filter);
    return threadsExpire && !filter.alsoExpired()
        ? new LiveThreads(batches, clock, entries)
        : entries;
  }

  /** Nobody leaves a thread without its id as they leave ghosts of steps, so its key will do. */
  @Override
  public CompletionStage<ChatThread> update(ThreadId id, Patch patch) {
    return Stages.begin(
        () -> {
          ThreadAttributes.SCHEMA.check(patch);
          if (patch.isNothing()) {
            return find(id).thenApply(found -> found.orElseThrow(() -> notFound(id)));
          }
          Map<String, AttributeValue> changes =
              JsonConverter.toAttributes(
                  Expiry.inItem(ThreadAttributes.SCHEMA.normalize(patch.changes())));
          ItemSize.check(THREAD, changes);
          Instant now = clock.instant();
          AttributeValue stamp = AttributeValue.fromS(Timestamp.of(now).text());
          return MergingUpdate.patch(
                  requests,
                  Keys.thread(id),
                  changes,
                  others ->
                      Expiry.unlessOver(
                          Update.patch(Schemas.THREADS, others)
                              .set(ThreadAttributes.UPDATED_AT.name(), stamp)
                              .onlyIfHas(Keys.PK),
                          now),
                  stored -> {
                    if (stored.isEmpty() || Expiry.isOver(stored, now)) {
                      throw notFound(id);
                    }
                    return Optional.empty();
                  })
              .thenApply(Schemas.THREADS::entityOf);
        });
  }

  /** A thread without an owner has no place in a list, and is left alone. */
  @Override
  public CompletionStage<Void> touch(ThreadId id, Timestamp activity) {
    return Stages.begin(
        () -> {
          Timestamp time =
              activity
                  .normalized()
                  .orElseThrow(() -> DataLayerException.invalid("activity", "must be a time"));
          AttributeValue place = AttributeValue.fromS(Keys.indexSort(time));
          Update update = new Update().set(Keys.INDEX_SK, place).onlyIfHas(Keys.INDEX_PK);
          String sort = update.name(Keys.INDEX_SK);
          update.onlyIf(
              "(attribute_not_exists(%1$s) OR %1$s<%2$s)".formatted(sort, update.value(place)));
          Expiry.unlessOver(update, clock.instant());
          return requests.update(Keys.thread(id), update).thenAccept(outcome -> {});
        });
  }

  @Override
  public CompletionStage<Deletion> clear(ThreadId id) {
    return new ThreadDeletion(requests, batches, large, id).clear();
  }

  @Override
  public CompletionStage<Deletion> delete(ThreadId id) {
    return new ThreadDeletion(requests, batches, large, id).run();
  }

  private static DataLayerException notFound(ThreadId id) {
    return DataLayerException.notFound(THREAD, id);
  }
}
