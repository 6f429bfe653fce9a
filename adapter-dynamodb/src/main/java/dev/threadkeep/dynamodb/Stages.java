package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@link CompletionStage} lacks. */
final class Stages {
  private Stages() {}

  /** The stage that a method begins, failed when its arguments are refused. */
  static <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> method) {
    try {
      return method.get();
    } catch (DataLayerException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  /**
   * The results of a step for each item, in the order of the items, so many at a time. Fails when
   * one of them does, and then some may not have been tried.
   */
  static <T, R> CompletionStage<List<R>> each(
      List<T> items, int atATime, Function<T, CompletionStage<R>> step) {
    List<R> results = Collections.synchronizedList(new ArrayList<>());
    items.forEach(item -> results.add(null));
    CompletableFuture<?>[] lanes = new CompletableFuture<?>[Math.min(atATime, items.size())];
    for (int lane = 0; lane < lanes.length; lane++) {
      CompletionStage<Void> last = CompletableFuture.completedStage(null);
      for (int i = lane; i < items.size(); i += lanes.length) {
        int place = i;
        last =
            last.thenCompose(before -> step.apply(items.get(place)))
                .thenAccept(result -> results.set(place, result));
      }
      lanes[lane] = last.toCompletableFuture();
    }
    return CompletableFuture.allOf(lanes).thenApply(all -> results);
  }
}
