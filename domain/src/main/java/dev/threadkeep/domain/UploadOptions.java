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
  /**
   * @throws DataLayerException {@link ErrorCode#INVALID} when the mime or the disposition is empty
   *     or holds anything but printable ASCII: both end up in headers
   */
  public UploadOptions {
    checkHeader("mime", mime);
    disposition.ifPresent(value -> checkHeader("disposition", value));
  }

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

  private static void checkHeader(String path, String value) {
    Limits.checkName(path, value);
    if (!value.chars().allMatch(it -> it >= ' ' && it <= '~')) {
      throw DataLayerException.invalid(path, "must be printable ASCII");
    }
  }
}
