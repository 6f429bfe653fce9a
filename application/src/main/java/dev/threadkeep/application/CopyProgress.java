package dev.threadkeep.application;

import dev.threadkeep.domain.Cursor;
import java.util.Optional;

/**
 * How far a copy has come: from here it can go on.
 *
 * @param after the cursor of the last page of the phase that is done
 * @param planned how much there is to copy beside users: threads, steps, elements and files
 * @param tally what it came to so far
 */
public record CopyProgress(Phase phase, Optional<Cursor> after, long planned, CopyTally tally) {
  /** The parts of a copy, one after the other. */
  public enum Phase {
    /** How much there is to do. */
    COUNT,
    /** The users. */
    USERS,
    /** The threads with all that belongs to them. */
    THREADS,
    /** Whether the target has users that the source has not. */
    TARGET_USERS,
    /** Whether the target has threads that the source has not. */
    TARGET_THREADS,
    /** It is over. */
    DONE;

    private Phase following() {
      return switch (this) {
        case COUNT -> USERS;
        case USERS -> THREADS;
        case THREADS -> TARGET_USERS;
        case TARGET_USERS -> TARGET_THREADS;
        case TARGET_THREADS, DONE -> DONE;
      };
    }
  }

  /** Where every copy begins. */
  public static CopyProgress beginning() {
    return new CopyProgress(Phase.COUNT, Optional.empty(), 0, CopyTally.NONE);
  }

  /** How much of what was planned is done. */
  public long done() {
    return tally.source().count() - tally.source().users();
  }

  CopyProgress planning(long more) {
    return new CopyProgress(phase, after, planned + more, tally);
  }

  CopyProgress with(CopyTally more) {
    return new CopyProgress(phase, after, planned, tally.plus(more));
  }

  /** After a page of this phase; without another one the next phase begins. */
  CopyProgress next(Optional<Cursor> next) {
    Phase follows = next.isPresent() ? phase : phase.following();
    return new CopyProgress(follows, next, planned, tally);
  }
}
