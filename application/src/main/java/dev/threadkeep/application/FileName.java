package dev.threadkeep.application;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a file is called when it is saved, in a header of printable ASCII (RFC 6266, RFC 8187).
 *
 * @param text without what leads to another folder, ends a header or makes a name look like another
 */
record FileName(String text) {
  /** A header has at most 2,048 bytes, and one character takes up to 13 of them. */
  private static final int CHARACTERS = 120;

  /** Characters kept of the end of a longer name: it says what kind of file it is. */
  private static final int END = 20;

  private static final String UNWANTED =
      "[\\p{Cntrl}/\\\\\\u0080-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

  /** The name of a file that somebody has called so. */
  static FileName of(String name) {
    int[] characters = name.replaceAll(UNWANTED, "_").codePoints().toArray();
    int length = Math.min(CHARACTERS, characters.length);
    if (length < characters.length) {
      System.arraycopy(characters, characters.length - END, characters, length - END, END);
    }
    return new FileName(new String(characters, 0, length));
  }

  /** What follows the disposition: {@code ; filename="a.png"}; nothing for an empty name. */
  String parameters() {
    if (text.isBlank()) {
      return "";
    }
    String plain = text.replaceAll("[^ -~]|[\"%]", "_");
    String simple = "; filename=\"" + plain + '"';
    return plain.equals(text) ? simple : simple + "; filename*=UTF-8''" + encoded();
  }

  private String encoded() {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
