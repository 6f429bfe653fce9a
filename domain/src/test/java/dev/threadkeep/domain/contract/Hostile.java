package dev.threadkeep.domain.contract;

import static org.junit.jupiter.api.Named.named;

import dev.threadkeep.domain.Attribute;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Data that nobody expects, and that must do no harm. */
public final class Hostile {
  /** A high surrogate without its low one. */
  public static final String HALF_A_CHARACTER = "\uD83D";

  private static final List<String> ID_PARTS =
      List.of(
          "THREAD#",
          "STEP#",
          "ELEMENT#",
          "USER#",
          "TS#",
          "::",
          "::STEP#",
          "#",
          "/",
          "//",
          "../",
          "%",
          "%2F",
          "%00",
          "%s",
          "_",
          "*",
          "?",
          "&",
          "=",
          "\\",
          "'",
          "\"",
          "' OR 1=1 --",
          "$.a",
          "[0]",
          ".",
          " ",
          "\u00a0",
          "😀",
          "👩‍👩‍👧",
          "שלום",
          "\u202e",
          "e\u0301",
          "\u00e9",
          "ß",
          "İ",
          "\ufffd",
          "\uffff",
          "None",
          "null",
          "{}",
          "日本語");

  private Hostile() {}

  /** Ids that are allowed: each fresh, and made of a part that means something to someone. */
  public static Stream<Named<String>> ids() {
    return Stream.concat(
        ID_PARTS.stream().map(part -> named("'" + part + "'", part + Fresh.text() + part)),
        Stream.of(
            named("256 bytes", Fresh.text() + "x".repeat(Limits.ID_BYTES - 12)),
            named("256 bytes of emoji", Fresh.text() + "😀".repeat((Limits.ID_BYTES - 12) / 4))));
  }

  /** Ids that nothing may be created with. */
  public static Stream<Named<String>> badIds() {
    return Stream.of(
        named("257 bytes", "x".repeat(Limits.ID_BYTES + 1)),
        named("257 bytes in 129 characters", "é".repeat(Limits.ID_BYTES / 2) + "x"),
        named("U+0000", "a\u0000b"),
        named("line feed", "a\nb"),
        named("delete", "a\u007fb"),
        named("next line", "a\u0085b"),
        named("high surrogate", "a" + HALF_A_CHARACTER),
        named("low surrogate", "\uDE00b"),
        named("surrogates the wrong way round", "\uDE00\uD83D"));
  }

  /** Pairs of ids that are not the same, though some engine may think so. */
  public static Stream<List<String>> lookalikes() {
    return Stream.of(
            List.of("A", "a"),
            List.of("", " "),
            List.of("\u00e9", "e\u0301"),
            List.of("ß", "ss"),
            List.of("1", "01"),
            List.of("\uff21", "A"))
        .map(
            pair -> {
              String id = Fresh.text();
              return List.of(id + pair.get(0), id + pair.get(1));
            });
  }

  /** A free object of everything that is allowed; no member of it is null at its top level. */
  public static JsonObject json() {
    JsonObject texts =
        JsonObject.empty()
            .with("empty", JsonValue.of(""))
            .with("nul", JsonValue.of("a\u0000b"))
            .with("lines", JsonValue.of("a\r\n\tb\u2028"))
            .with("quotes", JsonValue.of("\"'\\</script>"))
            .with("emoji", JsonValue.of("😀 שלום \u202e \ufffd \uffff"))
            .with("long", JsonValue.of("0123456789".repeat(1_000)));
    JsonObject names =
        JsonObject.empty()
            .with("PK", JsonValue.of("USER#mallory"))
            .with("feedback", JsonValue.of(true))
            .with("a.b[0]", JsonValue.of(1))
            .with("$.a", JsonValue.of(2))
            .with("#name", JsonValue.of(3))
            .with(":value", JsonValue.of(4))
            .with("S", JsonValue.of("N"))
            .with("NULL", JsonValue.of(true))
            .with("size", JsonValue.of(5))
            .with(" ", JsonValue.of(6))
            .with("1", JsonValue.of(7))
            .with("😀", JsonValue.of(8))
            .with("x".repeat(255), JsonValue.of(9));
    return JsonObject.of("texts", texts)
        .with("names", names)
        .with("a.b[0]", JsonValue.of("a name like a path"))
        .with("#name", JsonValue.of("a name like a placeholder"))
        .with("numbers", new JsonValue.Array(numbers()))
        .with("flags", new JsonValue.Array(List.of(JsonValue.of(true), JsonValue.of(false))))
        .with("null", JsonObject.of("within", JsonValue.Null.NULL))
        .with("nulls", new JsonValue.Array(List.of(JsonValue.Null.NULL)))
        .with("emptyObject", JsonObject.empty())
        .with("emptyArray", new JsonValue.Array(List.of()))
        .with("deep", nested(Limits.JSON_DEPTH - 1));
  }

  /** Numbers at the limits and where others lose digits. */
  public static List<JsonValue> numbers() {
    return Stream.of(
            "0",
            "3",
            "-3",
            "0.1",
            "12.50",
            "1.25E-7",
            "12345678901234567890",
            "9223372036854775808",
            "9007199254740993",
            "12345678901234567890123456789012345678",
            "-0.12345678901234567890123456789012345678",
            "1E125",
            "9.9999999999999999999999999999999999999E125",
            "-9.9999999999999999999999999999999999999E125",
            "1E-130",
            "-1E-130")
        .<JsonValue>map(number -> JsonValue.of(new BigDecimal(number)))
        .toList();
  }

  /** Numbers that no store keeps. */
  public static Stream<String> badNumbers() {
    return Stream.of(
        "123456789012345678901234567890123456789",
        "0.123456789012345678901234567890123456789",
        "1E126",
        "-1E126",
        "1E-131",
        "9.99999999999999999999999999999999999999E125",
        "1E2147483647",
        "100E2147483647",
        "1E-2147483647");
  }

  /** Objects and arrays in turn, so many within each other; the outermost is an object. */
  public static JsonObject nested(int containers) {
    JsonValue value = JsonValue.of("inside");
    for (int depth = containers; depth > 1; depth--) {
      value = depth % 2 == 0 ? new JsonValue.Array(List.of(value)) : JsonObject.of("in", value);
    }
    return JsonObject.of("in", value);
  }

  /** Names that the unknown attributes of an entity may not have. */
  public static List<String> reservedNames(EntitySchema<?, ?> entity) {
    List<String> known = entity.attributes().stream().map(Attribute::name).toList();
    return Stream.of(
            "PK",
            "SK",
            "UserThreadPK",
            "UserThreadSK",
            "id",
            "threadId",
            "objectKey",
            "feedback",
            "updatedAt",
            "threadkeep",
            "threadkeepOutput")
        .filter(name -> !known.contains(name))
        .toList();
  }

  /** Cursors that no store has given out. */
  public static Stream<Named<String>> cursors() {
    return Stream.of(
        named("empty", ""),
        named("a letter", "x"),
        named("null", "null"),
        named("an object", "{}"),
        named(
            "a key as Python's layer hands it out",
            "{\"PK\":{\"S\":\"THREAD#t\"},\"SK\":{\"S\":\"THREAD\"},"
                + "\"UserThreadPK\":{\"S\":\"USER#mallory\"},"
                + "\"UserThreadSK\":{\"S\":\"TS#2026-03-01T00:00:00.000000Z\"}}"),
        named("Base64 of an object", "e30="),
        named("Base64 of zeros", "AAAAAAAA"),
        named("Base64 that is cut off", "AAA"),
        named("a path", "../../etc/passwd"),
        named("emoji", "😀"),
        named("half a character", HALF_A_CHARACTER),
        named("U+0000", "\u0000"),
        named("a number", "-1"),
        named("100,000 letters", "x".repeat(100_000)));
  }
}
