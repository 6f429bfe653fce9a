package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

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

  Favorites(Requests requests, Batches batches) {
    this.requests = requests;
    this.batches = batches;
  }

  CompletionStage<List<Step>> list(UserId owner) {
    List<ItemKey> steps = new ArrayList<>();
    return requests
        .queryAll(
            Query.favorites(owner),
            entry -> Entries.stepOf(ItemKey.of(entry)).ifPresent(steps::add))
        .thenCompose(all -> batches.get(steps))
        .thenApply(
            items ->
                items.values().stream()
                    .flatMap(item -> Schemas.STEPS.read(item).stream())
                    .filter(Step::isFavorite)
                    .sorted(NEWEST_FIRST)
                    .toList());
  }
}
