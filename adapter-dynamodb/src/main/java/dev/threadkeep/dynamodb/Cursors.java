package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Cursors: where in its list an item stands, and nothing that names the list. Only what {@link #of}
 * has made is taken back, to the letter.
 */
final class Cursors {
  private Cursors() {}

  /** The cursor of a position of some parts. */
  static Cursor of(String... position) {
    List<JsonValue> parts = Arrays.stream(position).<JsonValue>map(JsonValue::of).toList();
    String text = JsonText.write(new JsonValue.Array(parts));
    return Cursor.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The parts of a cursor's position.
   *
   * @throws DataLayerException {@code INVALID} when it has not so many, or was never given out
   */
  static List<String> position(Cursor cursor, int count) {
    List<String> parts = parts(cursor);
    if (parts.size() != count || !of(parts.toArray(String[]::new)).equals(cursor)) {
      throw invalid();
    }
    return parts;
  }

  static DataLayerException invalid() {
    return DataLayerException.invalid("cursor", "is not one of this list");
  }

  private static List<String> parts(Cursor cursor) {
    List<String> parts = new ArrayList<>();
    if (parse(cursor) instanceof JsonValue.Array array) {
      for (JsonValue item : array.items()) {
        if (item instanceof JsonValue.Text part) {
          parts.add(part.value());
        }
      }
    }
    return parts;
  }

  private static JsonValue parse(Cursor cursor) {
    try {
      return JsonText.parse(Base64.getUrlDecoder().decode(cursor.value()));
    } catch (IllegalArgumentException | DataLayerException malformed) {
      throw invalid();
    }
  }
}
