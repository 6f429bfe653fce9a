package dev.threadkeep.application;

/**
 * Something that is not the same on both sides after a copy.
 *
 * @param what names it: {@code step s-1 of thread t-2}
 * @param reason says more; empty where the kind says all
 */
public record Difference(Kind kind, String what, String reason) {
  /** What is different about it. */
  public enum Kind {
    /** Both have one, and they are not the same; that of the target stays. */
    CONFLICT("the target has another one, which stays"),
    /** It was removed from the source since, or was never there. */
    ONLY_AT_TARGET("only the target has it"),
    /** Its file is not there, and so cannot be copied. */
    LOST_FILE("its file is not copied"),
    /** The source cannot tell all of it. */
    UNREADABLE("cannot be read, and is not copied"),
    /** The target cannot hold it. */
    REFUSED("the target does not take it"),
    /** It was written, and is not there as it was. */
    NOT_ARRIVED("has not arrived"),
    /** It is none: others left feedback where there is no step. No difference that counts. */
    GHOST_STEP("feedback on a step that is not there, left out");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    /** What is different, for people. */
    public String description() {
      return description;
    }

    /** Whether both sides are to be called different for it. */
    public boolean isCounted() {
      return this != GHOST_STEP;
    }
  }
}
