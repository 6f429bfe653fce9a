package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The favourite steps of a user: their entries in the index, then the steps, of which some may be
 * gone or no favourites any more.
 */
final class Favorites {
  private static final Comparator<Step> NEWEST_FIRST =
      Comparator.comparing(
              (Step step) -> step.createdAt().orElse(new Timestamp("")), Timestamp.ORDER)
          .reversed();

  private final Requests requests;
  private final Batches batches;
  private final Optional<Clock> expiry;

  /**
   * @param expiry the clock by which threads expire; nothing where they do not, and need not be
   *     read
   */
  Favorites(Requests requests, Batches batches, Optional<Clock> expiry) {
    this.requests = requests;
    this.batches = batches;
    this.expiry = expiry;
  }

  CompletionStage<List<Step>> list(UserId owner) {
    List<ItemKey> steps = new ArrayList<>();
    return requests
        .queryAll(
            Query.favorites(owner),
            entry -> Entries.stepOf(ItemKey.of(entry)).ifPresent(steps::add))
        .thenCompose(all -> batches.get(expiry.isPresent() ? withThreads(steps) : steps))
        .thenApply(this::favorites);
  }

  private List<Step> favorites(Map<ItemKey, Map<String, AttributeValue>> items) {
    return items.entrySet().stream()
        .filter(item -> !Keys.isThread(item.getKey()))
        .flatMap(item -> Schemas.STEPS.read(item.getValue()).stream())
        .filter(Step::isFavorite)
        .filter(step -> !isOver(items.getOrDefault(Keys.thread(step.threadId()), Map.of())))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  private boolean isOver(Map<String, AttributeValue> thread) {
    return expiry.filter(clock -> Expiry.isOver(thread, clock.instant())).isPresent();
  }

  private static List<ItemKey> withThreads(List<ItemKey> steps) {
    return Stream.concat(
            steps.stream(),
            steps.stream().flatMap(step -> Keys.threadOf(step).stream()).map(Keys::thread))
        .toList();
  }
}
