package dev.threadkeep.domain;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a file is stored.
 *
 * @param mime the content type it is served with
 * @param disposition the {@code Content-Disposition} it is served with, if any
 * @param existing what happens to a file that has the key already
 * @param size how many bytes will come, if that is known; then more or fewer fail the upload, and
 *     stores need less memory
 */
public record UploadOptions(
    String mime, Optional<String> disposition, Existing existing, OptionalLong size) {
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
    return new UploadOptions(mime, Optional.empty(), Existing.OVERWRITE, OptionalLong.empty());
  }

  /** The same, served with this disposition. */
  public UploadOptions disposition(String value) {
    return new UploadOptions(mime, Optional.of(value), existing, size);
  }

  /** The same, but a file that has the key already is kept. */
  public UploadOptions keepExisting() {
    return new UploadOptions(mime, disposition, Existing.KEEP, size);
  }

  /** The same, for so many bytes. */
  public UploadOptions size(long bytes) {
    return new UploadOptions(mime, disposition, existing, OptionalLong.of(bytes));
  }

  /**
   * Checks what has come, or comes in all, against the size that was given, if one was.
   *
   * @throws DataLayerException {@link ErrorCode#INVALID} when it differs
   */
  public void checkSize(long bytes) {
    if (size.isPresent() && size.getAsLong() != bytes) {
      throw DataLayerException.invalid(
          "content", bytes + " bytes came, " + size.getAsLong() + " were announced");
    }
  }

  private static void checkHeader(String path, String value) {
    Limits.checkName(path, value);
    if (!value.chars().allMatch(it -> it >= ' ' && it <= '~')) {
      throw DataLayerException.invalid(path, "must be printable ASCII");
    }
  }
}
