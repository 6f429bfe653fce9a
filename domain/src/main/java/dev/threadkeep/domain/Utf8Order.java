package dev.threadkeep.domain;

import java.util.Comparator;

/**
 * The order of texts by their UTF-8 bytes, in which stores keep ids. It differs from that of {@link
 * String} for characters beyond 16 bits.
 */
public enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return left.length() - right.length();
  }

  /** Surrogates stand for characters beyond all others, though their units are not the largest. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }
}
