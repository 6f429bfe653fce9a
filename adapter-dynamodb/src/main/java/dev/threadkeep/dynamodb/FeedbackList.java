package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A user's threads with a feedback of one value. The index has an entry for each feedback; a thread
 * stands where the uppermost of its entries does whose step still has that feedback. So a page
 * costs a query of the index, and for each of its threads a query of its entries, the thread and a
 * step.
 */
final class FeedbackList {
  private static final int AT_A_TIME = 10;

  private static final Comparator<Map<String, AttributeValue>> UPPERMOST_FIRST =
      Comparator.comparing((Map<String, AttributeValue> entry) -> Keys.text(entry, Keys.INDEX_SK))
          .thenComparing(entry -> Keys.text(entry, Keys.SK))
          .reversed();

  private final Requests requests;
  private final Batches batches;
  private final Clock clock;
  private final UserId owner;
  private final ThreadFilter filter;
  private final int value;
  private final String partition;

  /** The threads with the feedback of a filter, which has one. */
  FeedbackList(Requests requests, Batches batches, Clock clock, UserId owner, ThreadFilter filter) {
    this.clock = clock;
    this.requests = requests;
    this.batches = batches;
    this.owner = owner;
    this.filter = filter;
    this.value = filter.feedback().orElseThrow();
    this.partition = Keys.indexPartition(owner, Keys.listOfFeedback(value));
  }

  CompletionStage<Page<ThreadSummary>> page(PageRequest page) {
    return new Listing<>(
            requests,
            () -> Query.feedback(owner, value),
            this::read,
            FeedbackList::cursor,
            page.first(),
            ThreadRepository.SEARCH_BUDGET)
        .page(page.after().map(this::keyOf).orElse(Map.of()));
  }

  private CompletionStage<List<Optional<ThreadSummary>>> read(
      List<Map<String, AttributeValue>> entries) {
    List<ThreadId> threads =
        entries.stream()
            .flatMap(entry -> Keys.threadOf(ItemKey.of(entry)).stream())
            .distinct()
            .toList();
    CompletionStage<Map<ThreadId, ItemKey>> places =
        Stages.each(threads, AT_A_TIME, this::candidates)
            .thenCompose(
                candidates -> {
                  Map<ThreadId, List<ItemKey>> ofThreads = new HashMap<>();
                  for (int i = 0; i < threads.size(); i++) {
                    ofThreads.put(threads.get(i), candidates.get(i));
                  }
                  return places(ofThreads, new HashMap<>());
                });
    return batches
        .get(threads.stream().map(Keys::thread).toList())
        .thenCombine(
            places,
            (items, known) -> entries.stream().map(entry -> read(entry, items, known)).toList());
  }

  /** The thread of an entry, if this is the entry where the thread stands. */
  private Optional<ThreadSummary> read(
      Map<String, AttributeValue> entry,
      Map<ItemKey, Map<String, AttributeValue>> threads,
      Map<ThreadId, ItemKey> places) {
    ItemKey key = ItemKey.of(entry);
    return Keys.threadOf(key)
        .filter(thread -> key.equals(places.get(thread)))
        .map(thread -> threads.getOrDefault(Keys.thread(thread), Map.of()))
        .filter(item -> !item.isEmpty())
        .flatMap(this::summary)
        .filter(thread -> filter.matches(thread.name()));
  }

  private Optional<ThreadSummary> summary(Map<String, AttributeValue> item) {
    return Schemas.THREADS
        .read(item)
        .filter(thread -> thread.userId().equals(Optional.of(owner)))
        .filter(thread -> filter.alsoExpired() || !thread.isExpired(clock.instant()))
        .map(
            (ChatThread thread) ->
                new ThreadSummary(
                    thread.id(), thread.name(), Keys.activityOf(Keys.text(item, Keys.INDEX_SK))));
  }

  /** The entries of a thread for this feedback, the uppermost first. */
  private CompletionStage<List<ItemKey>> candidates(ThreadId thread) {
    List<Map<String, AttributeValue>> entries = new ArrayList<>();
    return requests
        .queryAll(Query.feedback(thread), entries::add)
        .thenApply(
            all ->
                entries.stream()
                    .filter(entry -> Keys.text(entry, Keys.INDEX_PK).equals(partition))
                    .sorted(UPPERMOST_FIRST)
                    .map(ItemKey::of)
                    .toList());
  }

  /** For each thread, the first of its entries whose step has the feedback. */
  private CompletionStage<Map<ThreadId, ItemKey>> places(
      Map<ThreadId, List<ItemKey>> candidates, Map<ThreadId, ItemKey> places) {
    Map<ThreadId, List<ItemKey>> open = new HashMap<>(candidates);
    open.values().removeIf(List::isEmpty);
    List<ItemKey> steps =
        open.values().stream().flatMap(it -> Entries.stepOf(it.get(0)).stream()).toList();
    if (steps.isEmpty()) {
      return CompletableFuture.completedStage(places);
    }
    return batches
        .get(steps)
        .thenCompose(
            found -> {
              Map<ThreadId, List<ItemKey>> rest = new HashMap<>();
              open.forEach(
                  (thread, entries) -> {
                    if (hasFeedback(found, entries.get(0))) {
                      places.put(thread, entries.get(0));
                    } else {
                      rest.put(thread, entries.subList(1, entries.size()));
                    }
                  });
              return places(rest, places);
            });
  }

  private boolean hasFeedback(Map<ItemKey, Map<String, AttributeValue>> steps, ItemKey entry) {
    return Entries.stepOf(entry)
        .map(step -> steps.getOrDefault(step, Map.of()))
        .filter(item -> !item.isEmpty())
        .flatMap(Schemas.STEPS::read)
        .flatMap(step -> step.feedback())
        .filter(feedback -> feedback.value() == value)
        .isPresent();
  }

  private static Optional<Cursor> cursor(Map<String, AttributeValue> entry) {
    ItemKey key = ItemKey.of(entry);
    return Keys.threadOf(key)
        .flatMap(
            thread ->
                Keys.entryOf(key)
                    .map(
                        step ->
                            Cursors.of(
                                Keys.text(entry, Keys.INDEX_SK), thread.value(), step.value())));
  }

  /** The key after which the list goes on; that it is in this list is up to the query alone. */
  private Map<String, AttributeValue> keyOf(Cursor after) {
    List<String> position = Cursors.position(after, 3);
    ItemKey inIndex = new ItemKey(partition, position.get(0));
    if (!inIndex.isPossible() || position.get(1).isEmpty() || position.get(2).isEmpty()) {
      throw Cursors.invalid();
    }
    ItemKey key = Mark.FEEDBACK.entry(ThreadId.of(position.get(1)), StepId.of(position.get(2)));
    if (!key.isPossible()) {
      throw Cursors.invalid();
    }
    Map<String, AttributeValue> start = new HashMap<>(key.attributes());
    start.put(Keys.INDEX_PK, AttributeValue.fromS(inIndex.partition()));
    start.put(Keys.INDEX_SK, AttributeValue.fromS(inIndex.sort()));
    return start;
  }
}
