package dev.threadkeep.architecture.offenders.plain;

/** Where a note is kept. */
final class Keys {
  private Keys() {}

  static String of(String id) {
    return "NOTE#" + id;
  }
}
