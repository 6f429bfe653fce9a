package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Positions in a listing: the kind of the list, and what stands before its next item. */
final class Cursors {
  private Cursors() {}

  static Cursor of(String kind, String... position) {
    String text = kind + '\n' + String.join("\n", position);
    return Cursor.of(Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The position that a cursor of this kind stands for, of so many parts. */
  static List<String> position(String kind, Cursor cursor, int parts) {
    List<String> all = List.of(decode(cursor).split("\n", parts + 1));
    if (all.size() != parts + 1 || !all.get(0).equals(kind)) {
      throw invalid();
    }
    return all.subList(1, all.size());
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
