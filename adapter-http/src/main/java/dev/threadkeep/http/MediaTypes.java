package dev.threadkeep.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bodies are JSON. */
final class MediaTypes {
  /** {@code application/json} and its kin, such as {@code application/merge-patch+json}. */
  private static final Pattern JSON =
      Pattern.compile("application/([a-z0-9.!#$&^_-]+\\+)?json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?");

  private MediaTypes() {}

  /**
   * Checks the type of a body.
   *
   * @throws RefusedException when it is not JSON in UTF-8
   */
  static void checkJson(@Nullable String contentType) {
    if (contentType == null || !JSON.matcher(contentType.toLowerCase(Locale.ROOT)).matches()) {
      throw new RefusedException(
          Code.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON: Content-Type: application/json");
    }
  }
}
