package dev.threadkeep.domain;

import java.util.Optional;

/**
 * How a file is stored.
 *
 * @param mime the content type it is served with
 * @param disposition the {@code Content-Disposition} it is served with, if any
 * @param existing what happens to a file that has the key already
 */
public record UploadOptions(String mime, Optional<String> disposition, Existing existing) {
  /** What an upload does to a file that has the key already. */
  public enum Existing {
    /** Replaces it. */
    OVERWRITE,
    /** Keeps it and fails with {@link ErrorCode#ALREADY_EXISTS}. */
    KEEP
  }

  /** Overwrites, and is served with this type and no disposition. */
  public static UploadOptions of(String mime) {
    return new UploadOptions(mime, Optional.empty(), Existing.OVERWRITE);
  }
}
