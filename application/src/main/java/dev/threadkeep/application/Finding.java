package dev.threadkeep.application;

/**
 * Something that a check-up found, and what became of it.
 *
 * @param what names it: {@code step s-1 of thread t-2}
 * @param reason why the outcome is what it is; empty where that is plain
 */
public record Finding(Kind kind, String what, Outcome outcome, String reason) {
  /** What is wrong with it. */
  public enum Kind {
    /** Feedback on a step that is not there. */
    GHOST_STEP("feedback on a step that is not there"),
    /** Steps or elements without a thread. */
    ORPHANED_ITEMS("without a thread"),
    /** A thread whose time is over. */
    EXPIRED_THREAD("its time is over"),
    /** A thread whose delete has begun and not ended. */
    UNFINISHED_DELETE("its delete was interrupted"),
    /** A thread that is missing from its owner's list. */
    UNLISTED_THREAD("missing from its owner's list"),
    /** An element whose file is not there. */
    LOST_FILE("its file is missing"),
    /** A step of which a large value is not there. */
    LOST_CONTENT("a large value is missing, its preview is left"),
    /** A step that points to a value which another writer has replaced. */
    STALE_CONTENT("points to a value that was replaced by another writer"),
    /** A file of a thread that is there, to which nothing refers. */
    ORPHANED_FILE("nothing refers to it"),
    /** A file whose key names a thread that is not there. It may be somebody else's. */
    UNKNOWN_FILE("its thread is not here");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    /** What is wrong, for people. */
    public String description() {
      return description;
    }
  }

  /** What became of it. */
  public enum Outcome {
    /** It is reported; nothing was to be done about it, or nothing was asked for. */
    REPORTED,
    /** It is in order now. */
    MENDED,
    /** It is left alone this time, for a reason. */
    SPARED,
    /** Mending it failed, for a reason. */
    FAILED
  }
}
