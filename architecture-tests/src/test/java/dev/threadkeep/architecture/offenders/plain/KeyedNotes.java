package dev.threadkeep.architecture.offenders.plain;

import dev.threadkeep.architecture.offenders.Offends;

@Offends(value = "There is one place for key prefixes", times = 3)
final class KeyedNotes {
  static final String PREFIX = "NOTE#";

  String key(String id) {
    return "NOTE#" + id + "#";
  }

  boolean isKey(String key) {
    return key.startsWith("NOTE#1");
  }
}
