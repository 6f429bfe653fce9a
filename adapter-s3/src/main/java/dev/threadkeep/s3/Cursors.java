package dev.threadkeep.s3;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors of listings: the key that the page before ended with. */
final class Cursors {
  private Cursors() {}

  static Cursor of(String lastKey) {
    return Cursor.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(lastKey.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The key in a cursor of a listing with this prefix.
   *
   * @throws DataLayerException {@code INVALID} for anything else
   */
  static String lastKey(Cursor cursor, String prefix) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor.value());
      String key = new String(bytes, StandardCharsets.UTF_8);
      if (!key.isEmpty() && key.startsWith(prefix) && of(key).equals(cursor)) {
        return key;
      }
    } catch (IllegalArgumentException noBase64) {
      // as any other text that is no cursor
    }
    throw DataLayerException.invalid("cursor", "is not one of this list");
  }
}
