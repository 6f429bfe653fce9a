package dev.threadkeep.s3;

import dev.threadkeep.domain.DataLayerException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /** Does all of this, so many at a time; ends when all has, and fails when something did. */
  static CompletionStage<Void> all(List<Supplier<CompletionStage<Void>>> work, int atATime) {
    int lanes = Math.min(atATime, work.size());
    CompletableFuture<?>[] ends = new CompletableFuture<?>[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      CompletionStage<Void> end = CompletableFuture.completedStage(null);
      for (int i = lane; i < work.size(); i += lanes) {
        Supplier<CompletionStage<Void>> next = work.get(i);
        end = end.thenCompose(before -> next.get());
      }
      ends[lane] = end.toCompletableFuture();
    }
    return CompletableFuture.allOf(ends);
  }
}
