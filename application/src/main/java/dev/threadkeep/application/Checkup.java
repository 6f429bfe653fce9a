package dev.threadkeep.application;

import dev.threadkeep.domain.Cursor;
import java.util.Optional;

/**
 * How far a check-up has come.
 *
 * @param after the cursor of the last page of the phase that is done
 * @param threads how many threads have been looked at since the check-up began
 * @param items how many steps and elements
 * @param files how many files of the store
 */
public record Checkup(Phase phase, Optional<Cursor> after, long threads, long items, long files) {
  /** The parts of a check-up, one after the other. */
  public enum Phase {
    /** What is stored in the table, and whether its files are there. */
    ITEMS,
    /** The files of the store, and whether anything refers to them. */
    FILES,
    /** It is over. */
    DONE
  }

  /** Where every check-up begins. */
  public static Checkup beginning() {
    return new Checkup(Phase.ITEMS, Optional.empty(), 0, 0, 0);
  }

  Checkup afterThreads(Optional<Cursor> next, int moreThreads, int moreItems) {
    return new Checkup(
        next.isPresent() ? Phase.ITEMS : Phase.FILES,
        next,
        threads + moreThreads,
        items + moreItems,
        files);
  }

  Checkup afterFiles(Optional<Cursor> next, int moreFiles) {
    return new Checkup(
        next.isPresent() ? Phase.FILES : Phase.DONE, next, threads, items, files + moreFiles);
  }

  Checkup done() {
    return afterFiles(Optional.empty(), 0);
  }

  /** Is told of a check-up while it goes on, one call after the other. */
  public interface Observer {
    /** Something was found. */
    void found(Finding finding);

    /**
     * So much is looked at, but not all that was found is dealt with: it cannot go on from here.
     */
    default void underWay(Checkup checkup) {}

    /** So far everything is dealt with, and told: from here it can go on. */
    void reached(Checkup checkup);
  }
}
