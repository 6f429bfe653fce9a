package dev.threadkeep.domain;

import org.jspecify.annotations.Nullable;

/**
 * The one error of the data layer. Its message says what and which ({@code thread t-42 not found})
 * and never holds the content of a chat or a secret.
 */
public class DataLayerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public DataLayerException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public DataLayerException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** An error of code {@link ErrorCode#NOT_FOUND} about a thing: {@code notFound("thread", id)}. */
  public static DataLayerException notFound(String what, Object id) {
    return new DataLayerException(ErrorCode.NOT_FOUND, what + " " + id + " not found");
  }

  /**
   * An error of code {@link ErrorCode#INVALID} about the value at a path: {@code steps[3].name}.
   */
  public static DataLayerException invalid(String path, String problem) {
    return new DataLayerException(ErrorCode.INVALID, path + ": " + problem);
  }

  public ErrorCode code() {
    return code;
  }

  /**
   * This error about something inside a larger thing: {@code name: …} becomes {@code steps[3].name:
   * …}.
   */
  public DataLayerException within(String outer) {
    return new DataLayerException(code, outer + "." + getMessage(), this);
  }
}
