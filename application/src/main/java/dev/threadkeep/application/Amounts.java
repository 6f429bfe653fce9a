package dev.threadkeep.application;

import dev.threadkeep.domain.StoredItem;

/**
 * How much of what there is.
 *
 * @param files of elements; those of large values of steps belong to their steps
 * @param bytes of these files
 */
public record Amounts(long users, long threads, long steps, long elements, long files, long bytes) {
  /** Nothing of anything. */
  public static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0);

  static Amounts of(StoredItem item) {
    return new Amounts(
        item instanceof StoredItem.OfUser ? 1 : 0,
        item instanceof StoredItem.OfThread ? 1 : 0,
        item instanceof StoredItem.OfStep ? 1 : 0,
        item instanceof StoredItem.OfElement ? 1 : 0,
        0,
        0);
  }

  static Amounts file(long size) {
    return new Amounts(0, 0, 0, 0, 1, size);
  }

  Amounts plus(Amounts more) {
    return new Amounts(
        users + more.users,
        threads + more.threads,
        steps + more.steps,
        elements + more.elements,
        files + more.files,
        bytes + more.bytes);
  }

  /** How many things, of whatever kind. */
  public long count() {
    return users + threads + steps + elements + files;
  }
}
