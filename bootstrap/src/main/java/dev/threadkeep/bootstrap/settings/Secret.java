package dev.threadkeep.bootstrap.settings;

/** A text that is not for the eyes of whoever reads logs and messages: it prints as stars. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
