package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Small items beside the steps of a thread, for what the index is to find: feedback by its value,
 * and favourites. They consist of keys alone; in the index, their partition says what of whom they
 * list, and their place is the activity that the thread had when they were written.
 *
 * <p>An entry is a hint. It is written after what it is about, and whoever reads the index looks at
 * the step itself, so that none that is left over does harm. Two who change a step at the same time
 * may write its entry in the other order; so each of them looks at the step afterwards, and whoever
 * writes the entry last has seen what the step is then.
 */
final class Entries {
  /** Entries that are written at the same time. */
  private static final int AT_A_TIME = 10;

  /** How often an entry is written while others change its step. */
  private static final int ATTEMPTS = 10;

  private static final List<String> OF_THREAD =
      List.of(ThreadAttributes.USER_ID.name(), ThreadAttributes.CREATED_AT.name(), Keys.INDEX_SK);

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  private final Requests requests;

  Entries(Requests requests) {
    this.requests = requests;
  }

  /**
   * An entry as it is to be.
   *
   * @param list the name of the list that it is in
   * @param place its place in the index
   */
  record Entry(ItemKey key, String list, UserId owner, String place) {
    String indexPartition() {
      return Keys.indexPartition(owner, list);
    }

    /** Ids that are so long that no key holds them are not found by these lists. */
    boolean isPossible() {
      return key.isPossible() && new ItemKey(indexPartition(), place).isPossible();
    }
  }

  /** The step that an entry is about. */
  static Optional<ItemKey> stepOf(ItemKey entry) {
    return Keys.entryOf(entry)
        .flatMap(step -> Keys.threadOf(entry).map(thread -> Keys.step(thread, step)));
  }

  /** Lists a step as it is now, or takes it from its list. */
  CompletionStage<Void> follow(Mark mark, Step step) {
    return follow(mark.entry(step.threadId(), step.id()), mark.list(step), 1);
  }

  /** Takes a step that is gone from the lists. */
  CompletionStage<Void> removeAll(Step step) {
    List<ItemKey> entries = new ArrayList<>();
    for (Mark mark : Mark.values()) {
      mark.list(step).ifPresent(list -> entries.add(mark.entry(step.threadId(), step.id())));
    }
    return Stages.each(entries, 1, entry -> follow(entry, Optional.empty(), 1))
        .thenApply(all -> null);
  }

  /**
   * Writes what is missing. Reading has to succeed all the same, so a failure is only logged. What
   * is left over stays: the items may have been read before a write that is newer.
   */
  CompletionStage<Void> complete(EntryAudit audit) {
    return Stages.each(audit.missing(), AT_A_TIME, this::add)
        .<Void>thenApply(all -> null)
        .exceptionally(
            failure -> {
              log.warn("feedback and favourites of a thread were not listed", failure);
              return null;
            });
  }

  /** Writes what is missing and removes what is left over; whether there was any. */
  CompletionStage<Boolean> mend(EntryAudit audit) {
    return Stages.each(audit.missing(), AT_A_TIME, this::add)
        .thenCompose(
            all ->
                Stages.each(audit.superfluous(), AT_A_TIME, it -> follow(it, Optional.empty(), 1)))
        .thenApply(all -> !audit.isClean());
  }

  /** Lists a step that is about to be written, its feedback at the place that it has elsewhere. */
  CompletionStage<Void> restore(StoredItem.OfStep item) {
    return requests
        .item(Keys.thread(item.step().threadId()))
        .thenCompose(
            thread ->
                Stages.each(
                    owner(thread).map(owner -> entries(item, owner, thread)).orElse(List.of()),
                    1,
                    this::put))
        .thenAccept(all -> {});
  }

  private static List<Entry> entries(
      StoredItem.OfStep item, UserId owner, Map<String, AttributeValue> thread) {
    List<Entry> entries = new ArrayList<>();
    Step step = item.step();
    for (Mark mark : Mark.values()) {
      String place =
          item.feedbackPlace()
              .filter(it -> mark == Mark.FEEDBACK)
              .map(Keys::indexSort)
              .orElseGet(() -> EntryAudit.placeOf(thread));
      ItemKey key = mark.entry(step.threadId(), step.id());
      mark.list(step).ifPresent(list -> entries.add(new Entry(key, list, owner, place)));
    }
    return entries;
  }

  private CompletionStage<Void> add(Entry entry) {
    return put(entry).thenCompose(done -> look(entry.key(), Optional.of(entry.list()), 1));
  }

  /** Writes an entry for this list, or removes it for none, and then looks at the step. */
  private CompletionStage<Void> follow(ItemKey entry, Optional<String> list, int attempt) {
    return list.map(it -> put(entry, it))
        .orElseGet(() -> requests.delete(entry))
        .thenCompose(done -> look(entry, list, attempt));
  }

  /** Follows the step once more if it belongs to another list by now. */
  private CompletionStage<Void> look(ItemKey entry, Optional<String> written, int attempt) {
    return requests
        .item(stepOf(entry).orElseThrow())
        .thenCompose(
            step -> {
              Optional<String> list = Schemas.STEPS.read(step).flatMap(Mark.of(entry)::list);
              return list.equals(written) || attempt == ATTEMPTS
                  ? CompletableFuture.completedStage(null)
                  : follow(entry, list, attempt + 1);
            });
  }

  /** Nobody lists what belongs to nobody. */
  private CompletionStage<Void> put(ItemKey entry, String list) {
    ThreadId thread = Keys.threadOf(entry).orElseThrow();
    return requests
        .attributes(Keys.thread(thread), OF_THREAD)
        .thenCompose(
            found ->
                owner(found)
                    .map(owner -> put(new Entry(entry, list, owner, EntryAudit.placeOf(found))))
                    .orElse(CompletableFuture.completedStage(null)));
  }

  private CompletionStage<Void> put(Entry entry) {
    if (!entry.isPossible()) {
      return CompletableFuture.completedStage(null);
    }
    Update update =
        new Update()
            .set(Keys.INDEX_PK, AttributeValue.fromS(entry.indexPartition()))
            .set(Keys.INDEX_SK, AttributeValue.fromS(entry.place()));
    return requests.update(entry.key(), update).thenAccept(written -> {});
  }

  private static Optional<UserId> owner(Map<String, AttributeValue> thread) {
    return Optional.ofNullable(thread.get(ThreadAttributes.USER_ID.name()))
        .flatMap(owner -> ThreadAttributes.USER_ID.type().read(JsonConverter.toJson(owner)));
  }
}
