package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads what is in the partition of a thread, page by page, from its end to its beginning: the
 * thread itself is the last there.
 */
final class Contents {
  /** Where a page ends, large values included; the one that passes this is still on it. */
  private static final long PAGE_BYTES = 1_024 * 1_024;

  /** Items that are put together at the same time. */
  private static final int AT_A_TIME = 8;

  private final Requests requests;
  private final LargeValues large;

  Contents(Requests requests, LargeValues large) {
    this.requests = requests;
    this.large = large;
  }

  /** The page after a key; an empty key is the beginning. */
  CompletionStage<Page<StoredItem>> page(ThreadId thread, Map<String, AttributeValue> after) {
    return requests
        .query(Query.thread(thread).backwards().consistent().after(after))
        .thenCompose(
            response -> {
              List<Map<String, AttributeValue>> items = upToPageSize(response.items());
              return listing(thread, items)
                  .thenCompose(listing -> Stages.each(items, AT_A_TIME, it -> read(it, listing)))
                  .thenApply(
                      read ->
                          Page.of(
                              read.stream().flatMap(Optional::stream).toList(),
                              next(items, response)));
            });
  }

  private static List<Map<String, AttributeValue>> upToPageSize(
      List<Map<String, AttributeValue>> items) {
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    long bytes = 0;
    for (Map<String, AttributeValue> item : items) {
      if (bytes >= PAGE_BYTES) {
        break;
      }
      page.add(item);
      bytes += ItemSize.of(item);
      if (item.containsKey(Pointer.ATTRIBUTE)) {
        bytes +=
            Pointer.validOf(JsonConverter.toObject(item)).values().stream()
                .mapToLong(Pointer::bytes)
                .sum();
      }
    }
    return page;
  }

  private static Optional<Cursor> next(
      List<Map<String, AttributeValue>> page, QueryResponse response) {
    return page.size() == response.items().size() && response.lastEvaluatedKey().isEmpty()
        ? Optional.empty()
        : Optional.of(Cursors.of(Keys.text(page.get(page.size() - 1), Keys.SK)));
  }

  /**
   * What decides on the place of a step's feedback where it has no entry of its own.
   *
   * @param owner nothing is listed without one
   */
  private record Listing(Optional<UserId> owner, String place) {
    static final Listing NONE = new Listing(Optional.empty(), "");

    static Listing of(Map<String, AttributeValue> thread) {
      return new Listing(Inventory.owner(thread), EntryAudit.placeOf(thread));
    }
  }

  private CompletionStage<Listing> listing(
      ThreadId thread, List<Map<String, AttributeValue>> items) {
    boolean isNeeded =
        items.stream()
            .anyMatch(
                item ->
                    Schemas.STEPS.read(item).filter(it -> it.feedback().isPresent()).isPresent());
    return isNeeded
        ? requests
            .item(Keys.thread(thread))
            .thenApply(item -> item.isEmpty() ? Listing.NONE : Listing.of(item))
        : CompletableFuture.completedStage(Listing.NONE);
  }

  private CompletionStage<Optional<StoredItem>> read(
      Map<String, AttributeValue> item, Listing listing) {
    ItemKey key = ItemKey.of(item);
    if (Keys.isThread(key)) {
      return CompletableFuture.completedStage(Optional.of(thread(item)));
    } else if (Keys.stepOf(key).isPresent()) {
      Optional<Step> step = Schemas.STEPS.read(item);
      return step.isEmpty()
          ? CompletableFuture.completedStage(Optional.empty()) // a ghost
          : step(step.get(), listing).thenApply(Optional::of);
    }
    return CompletableFuture.completedStage(
        Keys.elementOf(key).isEmpty()
            ? Optional.empty()
            : Schemas.ELEMENTS.read(item).map(StoredItem.OfElement::new));
  }

  private static StoredItem thread(Map<String, AttributeValue> item) {
    ChatThread thread = Schemas.THREADS.entityOf(item);
    return new StoredItem.OfThread(
        thread, thread.userId().map(owner -> Keys.activityOf(EntryAudit.placeOf(item))));
  }

  private CompletionStage<StoredItem> step(Step step, Listing listing) {
    return large
        .complete(step)
        .thenCompose(
            whole ->
                isOnlyPreview(step, whole)
                    ? CompletableFuture.completedStage(unreadable(whole))
                    : feedbackPlace(whole, listing)
                        .thenApply(place -> new StoredItem.OfStep(whole, place)));
  }

  /** Whoever sends back a step with the error of another read stores an attribute like others. */
  private static boolean isOnlyPreview(Step stored, Step whole) {
    return stored.other().get(Pointer.ATTRIBUTE).isPresent()
        && whole.other().get(LargeValues.ERROR).isPresent();
  }

  private static StoredItem unreadable(Step step) {
    return new StoredItem.Unreadable(
        "step " + step.id() + " of thread " + step.threadId(),
        "a large value of it cannot be read, only its preview");
  }

  private CompletionStage<Optional<Timestamp>> feedbackPlace(Step step, Listing listing) {
    return step.feedback().isEmpty() || listing.owner().isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : requests
            .item(Mark.FEEDBACK.entry(step.threadId(), step.id()))
            .thenApply(entry -> Keys.text(entry, Keys.INDEX_SK))
            .thenApply(place -> Keys.activityOf(place.isEmpty() ? listing.place() : place))
            .thenApply(Optional::of);
  }
}
