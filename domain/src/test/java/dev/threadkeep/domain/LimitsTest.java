package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  void hostileIdsShouldBeAllowed(String id) {
    assertThatCode(() -> Limits.checkId("id", id)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badIds")
  void badIdsShouldBeRefused(String id) {
    assertThatThrownBy(() -> Limits.checkId("id", id))
        .isInstanceOf(DataLayerException.class)
        .hasMessageStartingWith("id: ");
  }

  @Test
  void theErrorShouldSayWhatIsWrongWithAnId() {
    assertRefused(ErrorCode.INVALID, "id: must not be empty", () -> Limits.checkId("id", ""));
    assertRefused(
        ErrorCode.INVALID, "id: has control characters", () -> Limits.checkId("id", "a\tb"));
    assertRefused(
        ErrorCode.TOO_LARGE,
        "steps[3].id: 258 bytes, at most 256",
        () -> Limits.checkId("steps[3].id", "é".repeat(129)));
  }

  @ParameterizedTest
  @CsvSource({
    "a,1",
    "\u007f,1",
    "\u0080,2",
    "é,2",
    "\u07ff,2",
    "\u0800,3",
    "日,3",
    "\uffff,3",
    "😀,4"
  })
  void sizesShouldBeBytesOfUtf8(String character, int bytes) {
    String text = character.repeat(10);

    assertThatCode(() -> Limits.checkBytes("text", text, 10 * bytes)).doesNotThrowAnyException();
    assertRefused(
        ErrorCode.TOO_LARGE,
        "text: " + 10 * bytes + " bytes, at most " + (10 * bytes - 1),
        () -> Limits.checkBytes("text", text, 10 * bytes - 1));
  }

  @Test
  void textsShouldBeMeasuredAsTheyAreEncoded() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      String pair =
          new StringBuilder().appendCodePoint(random.nextInt(0x10000, 0x110000)).toString();
      char[] units = {(char) random.nextInt(0x10000), (char) random.nextInt(0xd7f0, 0xe010)};
      assertMeasured(pair + new String(units));
    }
  }

  private static void assertMeasured(String text) {
    boolean unicode = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;

    if (unicode) {
      Limits.checkBytes("text", text, bytes);
      if (bytes > 0) {
        assertThatThrownBy(() -> Limits.checkBytes("text", text, bytes - 1))
            .hasMessage("text: " + bytes + " bytes, at most " + (bytes - 1));
      }
    } else {
      assertThatThrownBy(() -> Limits.checkBytes("text", text, 1_000))
          .hasMessageStartingWith("text: has an unpaired surrogate at character ");
    }
  }

  @Test
  void anUnpairedSurrogateShouldBeNamedByItsPlace() {
    assertRefused(
        ErrorCode.INVALID,
        "text: has an unpaired surrogate at character 2",
        () -> Limits.checkBytes("text", "😀\ud83d", 100));
    assertRefused(
        ErrorCode.INVALID,
        "text: has an unpaired surrogate at character 0",
        () -> Limits.checkBytes("text", "\ude00😀", 100));
  }

  @Test
  void numbersWithinDynamoDbsRangeShouldBeAllowed() {
    for (JsonValue number : Hostile.numbers()) {
      assertThatCode(() -> Limits.checkJson("n", number)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badNumbers")
  void numbersBeyondDynamoDbsRangeShouldBeRefused(String number) {
    assertThatThrownBy(() -> Limits.checkJson("n", JsonValue.of(new BigDecimal(number))))
        .isInstanceOf(DataLayerException.class)
        .hasMessageMatching("n: number (of \\d+ digits, at most 38|out of range, .*)");
  }

  @Test
  void trailingZerosShouldNotCountAsDigits() {
    assertThatCode(
            () -> Limits.checkJson("n", JsonValue.of(new BigDecimal("1.5" + "0".repeat(100)))))
        .doesNotThrowAnyException();
  }

  @Test
  void jsonShouldBeNestedSoDeepAndNoDeeper() {
    assertThatCode(() -> Limits.checkJson("m", Hostile.nested(Limits.JSON_DEPTH)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Limits.checkJson("m", Hostile.nested(Limits.JSON_DEPTH + 1)))
        .isInstanceOf(DataLayerException.class)
        .hasMessageStartingWith("m.in[0].in[0].in[0]")
        .hasMessageEndingWith(": nested too deep, at most 31 objects and arrays within each other");
    assertThatThrownBy(() -> Limits.checkJson("m", Hostile.nested(1_000)))
        .isInstanceOf(DataLayerException.class);
  }

  @Test
  void theErrorShouldNameThePlaceInJson() {
    JsonObject json =
        JsonObject.of(
            "list",
            new JsonValue.Array(
                List.of(
                    JsonValue.of(1), JsonObject.of("a.b", JsonValue.of(new BigDecimal("1E126"))))));

    assertRefused(
        ErrorCode.INVALID,
        "metadata.list[1].a.b: number out of range, its size must lie between 1E-130 and 9.99E+125",
        () -> Limits.checkJson("metadata", json));
    assertRefused(
        ErrorCode.INVALID,
        "metadata (name of a member): must not be empty",
        () -> Limits.checkJson("metadata", JsonObject.of("", JsonValue.of(1))));
    assertRefused(
        ErrorCode.TOO_LARGE,
        "metadata (name of a member): 2,049 bytes, at most 2,048",
        () -> Limits.checkJson("metadata", JsonObject.of("x".repeat(2_049), JsonValue.of(1))));
  }

  @Test
  void withinShouldPutTheOuterPathInFront() {
    DataLayerException error = Limits.tooLarge("output", 412_000, 400_000).within("steps[3]");

    assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(error).hasMessage("steps[3].output: 412,000 bytes, at most 400,000");
  }

  private static void assertRefused(ErrorCode code, String message, ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOfSatisfying(
            DataLayerException.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
