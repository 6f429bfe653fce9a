package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;

@Offends(value = "There is one place for key prefixes", times = 4)
final class KeyedNotes {
  static final String PREFIX = "NOTE#"; // "NOTE#" in a comment is none

  /* And here, "NOTE#", neither. */
  String key(String id) {
    return "NOTE#" + id + '"' + "\"NOTE#";
  }

  boolean isKey(String key) {
    return key.startsWith("NOTE#1") || key.startsWith(Keys.PREFIX);
  }

  String block() {
    return """
        NOTE#\
        """;
  }
}
