package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-01T00:00:42Z, 2026-03-01T00:00:42.000000Z",
    "2026-03-01T00:00:42.993908Z, 2026-03-01T00:00:42.993908Z",
    "2026-03-01T00:00:42.993908999Z, 2026-03-01T00:00:42.993908Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000000Z"
  })
  void ofShouldWriteUtcWithSixDigits(Instant instant, String text) {
    assertThat(Timestamp.of(instant).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T00:00:42.993908Z, 2026-03-01T00:00:42.993908Z",
    "2026-03-01T00:00:42Z, 2026-03-01T00:00:42Z",
    "2026-03-01T00:00:42.5Z, 2026-03-01T00:00:42.5Z",
    "2026-03-01T00:00Z, 2026-03-01T00:00:00Z",
    "2026-03-01T02:00:42+02:00, 2026-03-01T00:00:42Z",
    "2026-02-28T19:00:42.1-05:00, 2026-03-01T00:00:42.1Z",
    "2026-03-01T00:00:42+00:00, 2026-03-01T00:00:42Z",
    "2026-03-01T00:00:42.993908, 2026-03-01T00:00:42.993908Z",
    "2026-03-01T00:00:42, 2026-03-01T00:00:42Z",
    "2026-03-01t00:00:42z, 2026-03-01T00:00:42Z",
    "2024-02-29T23:59:59.000001Z, 2024-02-29T23:59:59.000001Z",
    "0000-01-01T00:00:00.000000Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void instantShouldBeReadTolerantly(String text, Instant instant) {
    assertThat(new Timestamp(text).instant()).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "2026",
        "2026-03-01",
        "2026-02-30T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-02-29T00:00:00.000000Z",
        "2026-00-01T00:00:00.000000Z",
        "2026-13-01T00:00:00.000000Z",
        "2026-03-01T24:00:00.000000Z",
        "2026-03-01T00:60:00.000000Z",
        "2026-03-01T00:00:60.000000Z",
        "2026-03-01T00:00:42.99390٨Z",
        "2026-03-01 00:00:42.993908Z",
        "2026-03-01T00:00:42Z ",
        "2026-03-01T00:00:42ZZ",
        "1772323242",
        "２０２６-03-01T00:00:42Z",
        "2026-03-01T00:00:42.993908Z\u0000"
      })
  void whatIsNoTimeShouldBeKeptAndBeNoInstant(String text) {
    assertThat(new Timestamp(text).instant()).isEmpty();
    assertThat(new Timestamp(text).normalized()).isEmpty();
    assertThat(new Timestamp(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "-0001-12-31T00:00:00Z",
        "0000-01-01T00:00:00+01:00"
      })
  void aYearThatDoesNotSortAsTextShouldNotBeWritten(String text) {
    assertThat(new Timestamp(text).instant()).isPresent();
    assertThat(new Timestamp(text).normalized()).isEmpty();
  }

  @Test
  void normalizedShouldBeTheFormInWhichWeWrite() {
    assertThat(new Timestamp("2026-03-01T02:00:42+02:00").normalized())
        .contains(new Timestamp("2026-03-01T00:00:42.000000Z"));
    Timestamp written = Timestamp.of(Instant.parse("2026-03-01T00:00:42.993908Z"));
    assertThat(written.normalized()).isEqualTo(Optional.of(written));
  }

  @Test
  void orderShouldBeThatOfTheTimesAndThenOfWhatIsNone() {
    List<Timestamp> ordered =
        Stream.of(
                "2026-03-01T02:00:00+03:00",
                "2026-03-01T00:00:00",
                "2026-03-01T00:00:00.5Z",
                "2026-03-01T00:00:01Z",
                "",
                "a",
                "b")
            .map(Timestamp::new)
            .toList();

    for (int i = 0; i < ordered.size(); i++) {
      for (int j = 0; j < ordered.size(); j++) {
        assertThat(Timestamp.ORDER.compare(ordered.get(i), ordered.get(j)))
            .as(ordered.get(i) + " and " + ordered.get(j))
            .matches(sign(Integer.compare(i, j)), "sign");
      }
    }
  }

  private static Predicate<Integer> sign(int expected) {
    return actual -> Integer.signum(actual) == expected;
  }
}
