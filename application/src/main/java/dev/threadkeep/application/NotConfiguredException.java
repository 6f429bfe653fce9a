package dev.threadkeep.application;

/**
 * What is asked for needs a part that this installation does without, as a file needs a store for
 * files. Repeating it does not help.
 */
public final class NotConfiguredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotConfiguredException(String message) {
    super(message);
  }
}
