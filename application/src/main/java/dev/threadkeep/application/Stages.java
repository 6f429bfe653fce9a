package dev.threadkeep.application;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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

  /** Does a step for each item, one after the other; fails with the first that does. */
  static <T> CompletionStage<Void> inTurn(
      List<T> items, Function<T, ? extends CompletionStage<?>> step) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (T item : items) {
      all = all.thenCompose(before -> step.apply(item).thenApply(done -> null));
    }
    return all;
  }

  /**
   * Does a step with each page of a listing, one after the other; fails with the first that does.
   */
  static <T> CompletionStage<Void> pages(
      Function<Optional<Cursor>, ? extends CompletionStage<Page<T>>> list,
      Function<Page<T>, ? extends CompletionStage<?>> step) {
    return pages(list, Optional.empty(), step);
  }

  private static <T> CompletionStage<Void> pages(
      Function<Optional<Cursor>, ? extends CompletionStage<Page<T>>> list,
      Optional<Cursor> after,
      Function<Page<T>, ? extends CompletionStage<?>> step) {
    return list.apply(after)
        .thenCompose(
            page ->
                step.apply(page)
                    .thenCompose(
                        done ->
                            page.next().isPresent()
                                ? pages(list, page.next(), step)
                                : CompletableFuture.completedStage(null)));
  }

  /** The items in groups of at most so many. */
  static <T> List<List<T>> groups(List<T> items, int size) {
    List<List<T>> groups = new ArrayList<>();
    for (int i = 0; i < items.size(); i += size) {
      groups.add(items.subList(i, Math.min(items.size(), i + size)));
    }
    return groups;
  }

  /** Whether this is what a stage fails with when the data layer says so. */
  static boolean isFailedWith(ErrorCode code, Throwable failure) {
    return cause(failure) instanceof DataLayerException error && error.code() == code;
  }

  /** What a stage failed with, without what other stages put around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
  }
}
