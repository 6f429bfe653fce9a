package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Feedback;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Small items beside the steps of a thread, for what the index is to find: feedback by its value,
 * and favourites. They consist of keys alone; in the index, their partition says what of whom they
 * list, and their place is the activity that the thread had when they were written.
 *
 * <p>An entry is a hint. It is written after what it is about, and whoever reads the index looks at
 * the step itself, so that none that is left over does harm.
 */
final class Entries {
  /** Entries that are written at the same time. */
  private static final int AT_A_TIME = 10;

  private static final List<String> OF_THREAD =
      List.of(ThreadAttributes.USER_ID.name(), ThreadAttributes.CREATED_AT.name(), Keys.INDEX_SK);

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  private final Requests requests;

  Entries(Requests requests) {
    this.requests = requests;
  }

  /** An entry as it is to be: its key, and its place in the index. */
  record Entry(ItemKey key, String indexPartition, String indexSort) {
    /** The entry for a feedback on a step. */
    static Entry of(Feedback feedback, UserId owner, String place) {
      return new Entry(
          Keys.feedback(feedback.threadId(), feedback.stepId()),
          Keys.indexPartition(owner, feedback.value()),
          place);
    }

    /** The entry for a favourite step. */
    static Entry of(Step favorite, UserId owner, String place) {
      return new Entry(
          Keys.favorite(favorite.threadId(), favorite.id()),
          Keys.indexPartitionOfFavorites(owner),
          place);
    }
  }

  /** The step that an entry is about. */
  static Optional<ItemKey> stepOf(ItemKey entry) {
    return Keys.entryOf(entry)
        .flatMap(step -> Keys.threadOf(entry).map(thread -> Keys.step(thread, step)));
  }

  /** Lists a feedback, in the place of an earlier one on the same step. */
  CompletionStage<Void> put(Feedback feedback) {
    return put(
        feedback.threadId(),
        thread ->
            owner(thread).map(owner -> Entry.of(feedback, owner, EntryAudit.placeOf(thread))));
  }

  /** Lists a step among the favourites if it is one, and else takes it from there. */
  CompletionStage<Void> favorite(Step step) {
    return step.isFavorite()
        ? put(
            step.threadId(),
            thread -> owner(thread).map(owner -> Entry.of(step, owner, EntryAudit.placeOf(thread))))
        : requests.delete(Keys.favorite(step.threadId(), step.id()));
  }

  /** Takes a step that is gone from the lists. */
  CompletionStage<Void> removeAll(Step step) {
    CompletionStage<Void> feedback =
        step.feedback().isPresent()
            ? requests.delete(Keys.feedback(step.threadId(), step.id()))
            : CompletableFuture.completedStage(null);
    return step.isFavorite()
        ? feedback.thenCompose(done -> requests.delete(Keys.favorite(step.threadId(), step.id())))
        : feedback;
  }

  /**
   * Writes what is missing. Reading has to succeed all the same, so a failure is only logged. What
   * is left over stays: the items may have been read before a write that is newer.
   */
  CompletionStage<Void> complete(EntryAudit audit) {
    return Stages.each(audit.missing(), AT_A_TIME, this::put)
        .<Void>thenApply(all -> null)
        .exceptionally(
            failure -> {
              log.warn("feedback and favourites of a thread were not listed", failure);
              return null;
            });
  }

  /** Writes what is missing and removes what is left over; whether there was any. */
  CompletionStage<Boolean> mend(EntryAudit audit) {
    return Stages.each(audit.missing(), AT_A_TIME, this::put)
        .thenCompose(all -> Stages.each(audit.superfluous(), AT_A_TIME, requests::delete))
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
    String place = EntryAudit.placeOf(thread);
    item.step()
        .feedback()
        .map(it -> Entry.of(it, owner, item.feedbackPlace().map(Keys::indexSort).orElse(place)))
        .ifPresent(entries::add);
    if (item.step().isFavorite()) {
      entries.add(Entry.of(item.step(), owner, place));
    }
    return entries;
  }

  private CompletionStage<Void> put(
      ThreadId thread, Function<Map<String, AttributeValue>, Optional<Entry>> entry) {
    return requests
        .attributes(Keys.thread(thread), OF_THREAD)
        .thenCompose(
            found ->
                entry.apply(found).map(this::put).orElse(CompletableFuture.completedStage(null)));
  }

  /** Ids that are so long that no key holds them are not found by these lists. */
  private CompletionStage<Void> put(Entry entry) {
    if (!new ItemKey(entry.indexPartition(), entry.indexSort()).isPossible()) {
      return CompletableFuture.completedStage(null);
    }
    Update update =
        new Update()
            .set(Keys.INDEX_PK, AttributeValue.fromS(entry.indexPartition()))
            .set(Keys.INDEX_SK, AttributeValue.fromS(entry.indexSort()));
    return requests.update(entry.key(), update).thenAccept(written -> {});
  }

  private static Optional<UserId> owner(Map<String, AttributeValue> thread) {
    return Optional.ofNullable(thread.get(ThreadAttributes.USER_ID.name()))
        .flatMap(owner -> ThreadAttributes.USER_ID.type().read(JsonConverter.toJson(owner)));
  }
}
