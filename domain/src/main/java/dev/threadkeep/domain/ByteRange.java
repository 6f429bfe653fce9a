package dev.threadkeep.domain;

/**
 * A part of a file.
 *
 * @param first the place of its first byte, from 0
 * @param count how many bytes at most; fewer where the file ends before
 */
public record ByteRange(long first, long count) {
  /** All of a file, also of an empty one. */
  public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

  /**
   * @throws DataLayerException {@link ErrorCode#INVALID} when it begins before the file or has no
   *     bytes
   */
  public ByteRange {
    if (first < 0 || count < 1) {
      throw DataLayerException.invalid(
          "range", "must have at least one byte of a file, is " + count + " from " + first);
    }
  }

  /** From a byte to the end of the file. */
  public static ByteRange from(long first) {
    return new ByteRange(first, Long.MAX_VALUE);
  }

  /**
   * How many bytes of a file of some size this is.
   *
   * @throws DataLayerException {@link ErrorCode#INVALID} when it begins behind the end of the file
   */
  public long countOf(long size) {
    if (first >= size && !equals(ALL)) {
      throw DataLayerException.invalid(
          "range", "begins at byte " + first + ", the file has " + size);
    }
    return Math.min(count, size - first);
  }
}
