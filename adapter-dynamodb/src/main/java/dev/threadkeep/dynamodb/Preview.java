package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an item keeps of a large value, for readers who know nothing of blob stores: the beginning
 * of a text with a word on the rest, or the small members of an object.
 */
final class Preview {
  /** Bytes of a text that stay, and of all members of an object together. */
  private static final int BYTES = 8 * 1_024;

  /** Bytes of a member of an object that stays. */
  private static final int MEMBER_BYTES = 1_024;

  private Preview() {}

  /** The preview of a text or an object; others have none and stay what they are. */
  static JsonValue of(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return ofText(text.value());
    }
    return value instanceof JsonObject object ? ofObject(object) : value;
  }

  /**
   * By which a preview is known again, whoever stored it in whichever order of members: SHA-256 in
   * hexadecimal digits.
   */
  static String hash(JsonValue preview) {
    try {
      byte[] text = JsonText.write(sorted(preview)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has this algorithm
    }
  }

  private static JsonValue ofText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= BYTES) {
      return JsonValue.of(text);
    }
    int end = BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--; // not in the middle of a character
    }
    return JsonValue.of(
        new String(bytes, 0, end, StandardCharsets.UTF_8)
            + String.format(
                Locale.ROOT, "…\n\n[the beginning of %,d bytes, kept elsewhere]", bytes.length));
  }

  private static JsonObject ofObject(JsonObject object) {
    List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
    // a stable sort: the mark first, by which favourites are found, and the others as they are
    members.sort(Comparator.comparing(member -> !member.getKey().equals(Step.FAVORITE)));
    Map<String, JsonValue> kept = new LinkedHashMap<>();
    long room = BYTES;
    for (Map.Entry<String, JsonValue> member : members) {
      long size =
          ItemSize.of(Map.of(member.getKey(), JsonConverter.toAttribute(member.getValue())));
      if (size <= MEMBER_BYTES && size <= room) {
        kept.put(member.getKey(), member.getValue());
        room -= size;
      }
    }
    return new JsonObject(kept);
  }

  private static JsonValue sorted(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, JsonValue> members = new TreeMap<>();
      object.members().forEach((name, member) -> members.put(name, sorted(member)));
      return new JsonObject(members);
    } else if (value instanceof JsonValue.Array array) {
      return new JsonValue.Array(array.items().stream().map(Preview::sorted).toList());
    }
    return value;
  }
}
