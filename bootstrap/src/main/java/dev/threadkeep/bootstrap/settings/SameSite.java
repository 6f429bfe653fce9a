package dev.threadkeep.bootstrap.settings;

/** Which requests of other sites carry the cookie with a person's token. */
public enum SameSite {
  LAX,
  STRICT,
  NONE
}
