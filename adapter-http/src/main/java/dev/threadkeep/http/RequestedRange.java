package dev.threadkeep.http;

import dev.threadkeep.domain.ByteRange;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that the header {@code Range} asks for (RFC 9110, section 14). */
final class RequestedRange {
  /** Possessive, for a header may have thousands of spaces, and anybody may send one. */
  private static final Pattern ONE = Pattern.compile("bytes=\\s*+(\\d*+)\\s*+-\\s*+(\\d*+)\\s*+");

  /** Digits of a number that fits. */
  private static final int DIGITS = 18;

  private RequestedRange() {}

  /**
   * The part of a file of some size; nothing for all of it, as which a server may answer what it
   * does not understand, and several parts at once.
   *
   * @throws RefusedException when the file has no such part
   */
  static Optional<ByteRange> of(String header, long size) {
    Matcher range = ONE.matcher(header.strip().toLowerCase(Locale.ROOT));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    } else if (range.group(1).isEmpty()) {
      return end(number(range.group(2)), size);
    }
    long first = number(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
    if (last < first) {
      return Optional.empty();
    } else if (first >= size) {
      throw notSatisfiable(size);
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  /** An empty file has no end to be sent alone. */
  private static Optional<ByteRange> end(long count, long size) {
    if (count == 0) {
      throw notSatisfiable(size);
    }
    long first = Math.max(0, size - count);
    return size == 0 ? Optional.empty() : Optional.of(new ByteRange(first, size - first));
  }

  private static long number(String digits) {
    return digits.length() > DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  private static RefusedException notSatisfiable(long size) {
    return new RefusedException(
        Problem.of(Code.RANGE_NOT_SATISFIABLE, "the file has " + size + " bytes")
            .with("Content-Range", "bytes */" + size));
  }
}
