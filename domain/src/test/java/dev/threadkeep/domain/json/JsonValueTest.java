package dev.threadkeep.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.json.JsonValue.Array;
import dev.threadkeep.domain.json.JsonValue.Null;
import dev.threadkeep.domain.json.JsonValue.Num;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValueTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0E10, 0",
    "0.00, 0",
    "3, 3",
    "3.0, 3",
    "-3.10, -3.1",
    "1E2, 100",
    "0.1, 0.1",
    "1.25E-7, 1.25E-7",
    "0.000001, 0.000001",
    "12345678901234567890, 12345678901234567890",
    "1E37, 10000000000000000000000000000000000000",
    "1E38, 1E+38",
    "1E125, 1E+125",
    "1E-130, 1E-130",
    "1E2147483647, 1E+2147483647",
    "-1E-2147483647, -1E-2147483647"
  })
  void aNumberShouldBeWrittenShortAndExactly(String given, String text) {
    assertThat(JsonValue.of(new BigDecimal(given)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.50, 1.5", "100, 1E2", "0, 0E5", "-0, 0", "1E2147483647, 10E2147483646"})
  void numbersOfOneValueShouldBeEqual(String one, String other) {
    Num left = JsonValue.of(new BigDecimal(one));
    Num right = JsonValue.of(new BigDecimal(other));

    assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
  }

  @Test
  void aNumberWhoseExponentIsAtItsEndShouldDoNoHarm() {
    Num number = JsonValue.of(new BigDecimal("100E2147483647"));

    assertThat(number.text()).isEqualTo("1.00E+2147483649");
    assertThat(number).isEqualTo(JsonValue.of(new BigDecimal("100E2147483647")));
  }

  @RepeatedTest(20)
  void theTextOfANumberShouldStandForIt(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 50; i++) {
      BigDecimal value =
          new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(-150, 150));
      assertThat(new BigDecimal(JsonValue.of(value.negate()).text()))
          .isEqualByComparingTo(value.negate());
      assertThat(new BigDecimal(JsonValue.of(value).text())).isEqualByComparingTo(value);
    }
  }

  @Test
  void emptyShouldBeWhatSaysNothing() {
    assertThat(List.of(Null.NULL, JsonValue.of(""), JsonObject.empty(), new Array(List.of())))
        .allMatch(JsonValue::isEmpty);
    assertThat(
            List.of(
                JsonValue.of(" "),
                JsonValue.of(0),
                JsonValue.of(false),
                JsonObject.of("a", Null.NULL),
                new Array(List.of(Null.NULL))))
        .noneMatch(JsonValue::isEmpty);
  }

  @Test
  void objectsShouldBeEqualWhateverTheOrderOfTheirMembers() {
    JsonObject one = JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2));
    JsonObject other = JsonObject.of("b", JsonValue.of(2)).with("a", JsonValue.of(1));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.members().keySet()).containsExactly("a", "b");
    assertThat(other.members().keySet()).containsExactly("b", "a");
  }

  @Test
  void valuesShouldNotFollowTheCollectionsTheyWereMadeOf() {
    Map<String, JsonValue> members = new LinkedHashMap<>(Map.of("a", JsonValue.of(1)));
    List<JsonValue> items = new ArrayList<>(List.of(JsonValue.of(1)));
    JsonObject object = new JsonObject(members);
    Array array = new Array(items);

    members.clear();
    items.clear();

    assertThat(object).isEqualTo(JsonObject.of("a", JsonValue.of(1)));
    assertThat(array.items()).hasSize(1);
    assertThatThrownBy(() -> object.members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> array.items().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void getShouldTellNullFromMissing() {
    JsonObject object = JsonObject.of("a", Null.NULL);

    assertThat(object.get("a")).contains(Null.NULL);
    assertThat(object.get("b")).isEmpty();
  }

  @Test
  void mergeShouldReplaceAtTheTopLevelAndTakeNullForRemove() {
    JsonObject stored =
        JsonObject.of("a", JsonValue.of(1))
            .with("b", JsonObject.of("x", JsonValue.of(1)))
            .with("c", JsonValue.of(1));
    JsonObject changes =
        JsonObject.of("a", Null.NULL)
            .with("b", JsonObject.of("y", Null.NULL))
            .with("d", JsonValue.of(""))
            .with("e", Null.NULL);

    assertThat(stored.merge(changes))
        .isEqualTo(
            JsonObject.of("b", JsonObject.of("y", Null.NULL))
                .with("c", JsonValue.of(1))
                .with("d", JsonValue.of("")));
    assertThat(stored.merge(JsonObject.empty())).isEqualTo(stored);
    assertThat(stored.get("a")).contains(JsonValue.of(1));
  }
}
