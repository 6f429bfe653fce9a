package dev.threadkeep.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bulk operation that stopped before its end. What is left is named, and repeating the operation
 * takes it up.
 */
public final class PartialFailureException extends DataLayerException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> remaining;

  public PartialFailureException(
      ErrorCode code, String message, List<String> remaining, @Nullable Throwable cause) {
    super(code, message, cause);
    this.remaining = List.copyOf(remaining);
  }

  /** What was not done, each as {@code step s-1} or {@code element e-2}. */
  public List<String> remaining() {
    return remaining;
  }
}
