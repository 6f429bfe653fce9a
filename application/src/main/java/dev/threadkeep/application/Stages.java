package dev.threadkeep.application;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What {@link CompletionStage} lacks. */
final class Stages {
  private Stages() {}

  /** The results of all stages, in their order; fails when one of them does. */
  static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
    CompletionStage<List<T>> results =
        CompletableFuture.completedStage(new ArrayList<>(stages.size()));
    for (CompletionStage<T> stage : stages) {
      results =
          results.thenCombine(
              stage,
              (list, result) -> {
                list.add(result);
                return list;
              });
    }
    return results;
  }

  /** Whether this is what a stage fails with when the data layer says so. */
  static boolean isFailedWith(ErrorCode code, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof DataLayerException error && error.code() == code;
  }
}
