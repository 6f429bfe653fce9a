package dev.threadkeep.domain;

import java.util.Optional;

/**
 * Which part of a listing is wanted: at most {@code first} items, after a cursor or from the
 * beginning.
 */
public record PageRequest(int first, Optional<Cursor> after) {
  /** The largest page. */
  public static final int MAX = 100;

  /**
   * @throws DataLayerException {@link ErrorCode#INVALID} when {@code first} is not within 1 and
   *     {@value #MAX}
   */
  public PageRequest {
    if (first < 1 || first > MAX) {
      throw DataLayerException.invalid("first", "must be within 1 and " + MAX + ", is " + first);
    }
  }

  /** The first page of so many items. */
  public static PageRequest first(int count) {
    return new PageRequest(count, Optional.empty());
  }

  /** The page of the same size after a cursor. */
  public PageRequest after(Cursor cursor) {
    return new PageRequest(first, Optional.of(cursor));
  }
}
