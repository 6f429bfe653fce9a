package dev.threadkeep.architecture.offenders.plain;

/** Where a note is kept. */
final class Keys {
  static final String PREFIX = "NOTE#";

  private Keys() {}

  static String of(String id) {
    return PREFIX + id;
  }
}
