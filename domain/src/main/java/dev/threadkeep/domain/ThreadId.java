package dev.threadkeep.domain;

/**
 * The id of a thread. Any text that is not empty: what others have stored is read as it is; {@link
 * Limits#checkId} tells what may be created.
 */
public record ThreadId(String value) {
  public ThreadId {
    Limits.requireNonEmpty("thread id", value);
  }

  public static ThreadId of(String value) {
    return new ThreadId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
