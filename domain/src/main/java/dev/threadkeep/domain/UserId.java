package dev.threadkeep.domain;

/**
 * A person's identifier, as the authentication gives it. Any text that is not empty: what others
 * have stored is read as it is; {@link Limits#checkId} tells what may be created.
 */
public record UserId(String value) {
  public UserId {
    Limits.requireNonEmpty("user id", value);
  }

  public static UserId of(String value) {
    return new UserId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
