package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The favourite steps of a user: their entries in the index, then the steps, of which some may be
 * gone or no favourites any more, and their threads, which may be somebody else's by now or have
 * expired.
 */
record Favorites(Requests requests, Batches batches, Clock clock) {
  private static final Comparator<Step> NEWEST_FIRST =
      Comparator.comparing(
              (Step step) -> step.createdAt().orElse(new Timestamp("")), Timestamp.ORDER)
          .reversed();

  CompletionStage<List<Step>> list(UserId owner) {
    List<ItemKey> steps = new ArrayList<>();
    return requests
        .queryAll(
            Query.favorites(owner),
            entry -> Entries.stepOf(ItemKey.of(entry)).ifPresent(steps::add))
        .thenCompose(all -> batches.get(withThreads(steps)))
        .thenApply(items -> favorites(items, owner));
  }

  private List<Step> favorites(Map<ItemKey, Map<String, AttributeValue>> items, UserId owner) {
    Set<ThreadId> threads =
        items.entrySet().stream()
            .filter(item -> Keys.isThread(item.getKey()))
            .flatMap(item -> Schemas.THREADS.read(item.getValue()).stream())
            .filter(thread -> thread.userId().equals(Optional.of(owner)))
            .filter(thread -> !thread.isExpired(clock.instant()))
            .map(ChatThread::id)
            .collect(Collectors.toSet());
    return items.entrySet().stream()
        .filter(item -> !Keys.isThread(item.getKey()))
        .flatMap(item -> Schemas.STEPS.read(item.getValue()).stream())
        .filter(Step::isFavorite)
        .filter(step -> threads.contains(step.threadId()))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  private static List<ItemKey> withThreads(List<ItemKey> steps) {
    return Stream.concat(
            steps.stream(),
            steps.stream().flatMap(step -> Keys.threadOf(step).stream()).map(Keys::thread))
        .toList();
  }
}
