package dev.threadkeep.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a listing.
 *
 * @param items the items, at most as many as were asked for
 * @param next where the listing goes on; empty at its end. A cursor means that another item exists,
 *     unless the read stopped at its budget
 * @param stoppedAtBudget whether the store stopped reading before the page was full, because too
 *     little of what it read matched; the rest may hold more items or none
 */
public record Page<T>(List<T> items, Optional<Cursor> next, boolean stoppedAtBudget) {
  public Page {
    items = List.copyOf(items);
  }

  /** A page that was read to its end. */
  public static <T> Page<T> of(List<T> items, Optional<Cursor> next) {
    return new Page<>(items, next, false);
  }

  /** The same page of other items. */
  public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
    return new Page<>(items.stream().<R>map(mapping).toList(), next, stoppedAtBudget);
  }
}
