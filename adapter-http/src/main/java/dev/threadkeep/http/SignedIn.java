package dev.threadkeep.http;

import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person's token says.
 *
 * @param token the token itself
 * @param displayName what the person is called
 * @param metadata what the sign-in knows of the person
 * @param expires when the token ends
 */
record SignedIn(
    String token, UserId user, Optional<String> displayName, JsonObject metadata, Instant expires) {
  @Override
  public String toString() {
    return "SignedIn[" + user + ", expires " + expires + "]";
  }
}
