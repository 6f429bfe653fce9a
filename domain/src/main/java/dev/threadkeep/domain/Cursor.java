package dev.threadkeep.domain;

/**
 * Where a listing goes on. Its text is the store's own affair; a caller only hands it back, with
 * the same query. Whatever it holds, it leads to nothing outside that query.
 */
public record Cursor(String value) {
  public static Cursor of(String value) {
    return new Cursor(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
