package dev.threadkeep.http;

import java.util.ArrayList;
import java.util.List;

/** One header of an answer; some, as {@code Set-Cookie}, come several times. */
record Header(String name, String value) {
  /** These headers and one more. */
  static List<Header> and(List<Header> headers, String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return List.copyOf(more);
  }
}
