package dev.threadkeep.local;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Positions in a listing: its kind, and the key of the last item before. */
final class Cursors {
  private static final char SEPARATOR = '\n'; // in no id and no time

  private Cursors() {}

  static Cursor of(String kind, String... key) {
    String text = kind + SEPARATOR + String.join(String.valueOf(SEPARATOR), key);
    return Cursor.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The key that a cursor stands for.
   *
   * @param parts how many the key has
   * @throws DataLayerException {@code INVALID} when {@link #of} has not made it for this kind
   */
  static List<String> key(String kind, int parts, Cursor cursor) {
    List<String> all = List.of(decode(cursor).split(String.valueOf(SEPARATOR), -1));
    List<String> key = all.subList(1, all.size());
    if (key.size() != parts || !of(kind, key.toArray(String[]::new)).equals(cursor)) {
      throw invalid();
    }
    return key;
  }

  private static String decode(Cursor cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor.value()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw invalid();
    }
  }

  private static DataLayerException invalid() {
    return DataLayerException.invalid("cursor", "is not one of this list");
  }
}
