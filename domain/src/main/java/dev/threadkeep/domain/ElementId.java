package dev.threadkeep.domain;

/**
 * The id of an element, unique in its thread. Any text that is not empty: what others have stored
 * is read as it is; {@link Limits#checkId} tells what may be created.
 */
public record ElementId(String value) {
  public ElementId {
    Limits.requireNonEmpty("element id", value);
  }

  public static ElementId of(String value) {
    return new ElementId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
