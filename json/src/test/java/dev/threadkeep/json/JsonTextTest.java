package dev.threadkeep.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "\"\"",
        "\"näive ☃ 🌍 \\u0000 \\n \\\"\"",
        "0",
        "-1",
        "12345678901234567890123456789012345678",
        "0.1",
        "1.25E-7",
        "1E+125",
        "[]",
        "{}",
        "{\"a\":[1,{\"b\":null}],\"\":\"empty name\"}"
      })
  void writeShouldGiveBackWhatWasParsed(String text) {
    assertThat(JsonText.write(JsonText.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"3.0,3", "1E2,100", "1.50,1.5", "-0,0", "1e-7,1E-7", "1e40,1E+40"})
  void numbersShouldBeWrittenInOneForm(String text, String written) {
    assertThat(JsonText.write(JsonText.parse(text))).isEqualTo(written);
  }

  @Test
  void numbersShouldKeepEveryDigit() {
    assertThat(JsonText.parse("123456789012345678.12345678901234567890"))
        .isEqualTo(JsonValue.of(new BigDecimal("123456789012345678.1234567890123456789")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "1e99999999999",
        "-1E-99999999999",
        "1 2",
        "{\"a\":1,\"a\":2}",
        "'a'",
        "// a comment\n1",
        "\"tab\t\"",
        "\ufeff1",
        "nul"
      })
  void parseShouldRefuseWhatIsNotJson(String text) {
    assertInvalid(text);
  }

  @Test
  void parseShouldRefuseDepthThatWouldEndTheStack() {
    assertInvalid("[".repeat(100_000));
    assertInvalid("{\"a\":".repeat(100_000));
  }

  @Test
  void parseShouldRefuseNumbersThatTakeLong() {
    assertInvalid("1".repeat(1_001));
  }

  @Test
  void parseShouldRefuseMoreValuesOfACallerThanMemoryHolds() {
    String most = "[1" + ",1".repeat(JsonText.MAX_TOKENS - 3) + "]";
    String more = "[1" + ",1".repeat(JsonText.MAX_TOKENS - 2) + "]";

    assertThat(JsonText.parse(most.getBytes(StandardCharsets.UTF_8)).isEmpty()).isFalse();
    assertThatThrownBy(() -> JsonText.parse(more.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DataLayerException.class)
        .hasMessageContaining("exceeds");
    assertThat(JsonText.parse(more).isEmpty()).isFalse();
  }

  @Test
  void parseShouldRefuseInvalidUtf8() {
    byte[] overlongSlash = {'"', (byte) 0xC0, (byte) 0xAF, '"'};
    byte[] encodedSurrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
    byte[] cutOff = {'"', (byte) 0xF0, (byte) 0x9F, '"'};
    for (byte[] bytes : new byte[][] {overlongSlash, encodedSurrogate, cutOff}) {
      assertThatThrownBy(() -> JsonText.parse(bytes))
          .isInstanceOf(DataLayerException.class)
          .hasMessage("JSON: is not valid UTF-8");
    }
  }

  @Test
  void messagesShouldSayWhere() {
    assertThatThrownBy(() -> JsonText.parse("{\n  \"a\": 1,\n  \"a\": 2}"))
        .hasMessageStartingWith("JSON: Duplicate")
        .hasMessageContaining("line 3");
  }

  @Test
  void theMembersOfAnObjectShouldBeReadOneAfterTheOther() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    JsonText.readMembers(utf8("{\"b\": [1], \"a\": {\"c\": null}}"), members::put);

    assertThat(new JsonObject(members)).isEqualTo(JsonText.parse("{\"a\":{\"c\":null},\"b\":[1]}"));
    assertThat(members.keySet()).containsExactly("b", "a");
    for (String text : List.of("", "[]", "{\"a\": 1", "{} {}")) {
      assertThatThrownBy(() -> JsonText.readMembers(utf8(text), members::put))
          .isInstanceOf(DataLayerException.class);
    }
  }

  @Test
  void aWriterShouldLeaveTheStreamOpen() throws IOException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    try (JsonWriter writer = new JsonWriter(out)) {
      writer.beginObject();
      writer.member("a", JsonValue.of("ü"));
      writer.name("b");
      writer.beginArray();
      writer.value(JsonValue.of(1));
      writer.raw("{ }");
      writer.endArray();
      writer.endObject();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"ü\",\"b\":[1,{ }]}");
  }

  private static void assertInvalid(String text) {
    assertThatThrownBy(() -> JsonText.parse(text))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
