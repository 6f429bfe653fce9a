package dev.threadkeep.domain;

/**
 * The id of a step, unique in its thread. Any text that is not empty: what others have stored is
 * read as it is; {@link Limits#checkId} tells what may be created.
 */
public record StepId(String value) {
  public StepId {
    Limits.requireNonEmpty("step id", value);
  }

  public static StepId of(String value) {
    return new StepId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
