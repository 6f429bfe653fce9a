package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values that break what is not exact, the same ones for the same seed. */
final class HostileValues {
  private static final List<String> PIECES =
      List.of(
          "#",
          "/",
          "::",
          "STEP#",
          "THREAD#",
          "ELEMENT#",
          "USER#",
          "TS#",
          "::STEP#",
          "TEAM",
          "M-1",
          "%2F",
          "%",
          "..",
          ".",
          " ",
          "+",
          "?",
          "&",
          "'",
          "\"",
          "\\",
          "{",
          "$",
          ":0",
          "🙂",
          "👩‍👩‍👧",
          "שלום",
          "مرحبا",
          "\u202E",
          "\u200B",
          "e\u0301",
          "Ω",
          "null",
          "None",
          "0",
          "a",
          "Z",
          "-");

  /** What JSON allows in a text, and an id that we make does not. */
  private static final List<String> CONTROLS =
      List.of("\u0000", "\u0001", "\t", "\n", "\r\n", "\u001F", "\u007F", "\u0085", "\u2028");

  private static final int DIGITS = 38;
  private static final int FLOAT_DIGITS = 15;
  private static final int DEEPEST = 24;

  private final Random random;
  private int ids;

  HostileValues(long seed) {
    random = new Random(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** An id like no other one. */
  String id() {
    return pieces(PIECES, 4) + "-" + ids++ + "-" + pieces(PIECES, 3);
  }

  /** A text, maybe empty. */
  String text() {
    List<String> pieces = new ArrayList<>(PIECES);
    pieces.addAll(CONTROLS);
    return pieces(pieces, 12);
  }

  /** A text that is short and has no control characters, such as a tag. */
  String word() {
    return pieces(PIECES, 5);
  }

  JsonValue textOrNull() {
    return chance(0.5) ? JsonValue.of(text()) : JsonValue.Null.NULL;
  }

  JsonValue flagOrNull() {
    return chance(0.7) ? JsonValue.of(chance(0.5)) : JsonValue.Null.NULL;
  }

  JsonValue wordsOrNull() {
    return chance(0.5) ? words() : JsonValue.Null.NULL;
  }

  JsonValue words() {
    return Json.of(List.of(word(), word(), "tag").subList(number(3), 3));
  }

  JsonValue objectOrNull() {
    return chance(0.5) ? object() : JsonValue.Null.NULL;
  }

  /** An object of anything; now and then one that is deep. */
  JsonObject object() {
    return object(DIGITS);
  }

  /** The same, but its numbers are such that a float holds them. */
  JsonObject objectOfFloats() {
    return object(FLOAT_DIGITS);
  }

  private JsonObject object(int digits) {
    JsonObject object = object(digits, 3);
    return chance(0.1) ? object.with("deep", deep(DEEPEST, digits)) : object;
  }

  private JsonObject object(int digits, int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = number(5); i > 0; i--) {
      members.put(pieces(PIECES, 3) + i, value(digits, depth - 1));
    }
    return new JsonObject(members);
  }

  private JsonValue value(int digits, int depth) {
    return switch (number(depth > 0 ? 7 : 5)) {
      case 0 -> JsonValue.Null.NULL;
      case 1 -> JsonValue.of(chance(0.5));
      case 2 -> JsonValue.of(decimal(digits));
      case 3 -> JsonValue.of(number(1_000_000) - 500_000);
      case 4 -> JsonValue.of(text());
      case 5 -> object(digits, depth);
      default -> Json.of(List.of(value(digits, depth - 1), value(digits, depth - 1)));
    };
  }

  private JsonValue deep(int depth, int digits) {
    return depth == 0
        ? JsonValue.of(decimal(digits))
        : chance(0.5)
            ? Json.of(List.of(deep(depth - 1, digits)))
            : Json.object("d", deep(depth - 1, digits));
  }

  /** Whole or not, of either sign, small or as large as DynamoDB takes it. */
  private BigDecimal decimal(int digits) {
    BigInteger unscaled = new BigInteger(BigInteger.TEN.pow(digits).bitLength() - 1, random);
    BigInteger signed = chance(0.5) ? unscaled : unscaled.negate();
    return new BigDecimal(signed, chance(0.2) ? number(160) - 80 : number(digits));
  }

  private String pieces(List<String> from, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = number(most + 1); i > 0; i--) {
      text.append(oneOf(from));
    }
    return text.toString();
  }
}
