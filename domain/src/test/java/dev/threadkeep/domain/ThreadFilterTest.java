package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadFilterTest {
  @ParameterizedTest
  @CsvSource({
    "Straße, STRASSE",
    "Straße, STRAẞE",
    "ẞ, ss",
    "ΟΔΥΣΣΕΥΣ, οδυσσευς",
    "ΟΔΥΣΣΕΥΣ, οδυσσευσ",
    "οδος, ΟΔΟΣ",
    "İstanbul, istanbul",
    "İSTANBUL, İstanbul",
    "ısparta, ISPARTA",
    "ＡＢＣ１, abc1",
    "ﬁn, FIN",
    "\u212a, k",
    "Zürich, ZU\u0308RICH",
    "ŐRÜLT, őrült",
    "Ǆ, ǆ",
    "ПРИВЕТ, привет"
  })
  void foldShouldMakeNoDifferenceOfCaseOrForm(String one, String other) {
    assertThat(ThreadFilter.fold(one)).isEqualTo(ThreadFilter.fold(other));
  }

  @Test
  void foldShouldKeepDifferentLettersApart() {
    assertThat(ThreadFilter.fold("Zürich")).isNotEqualTo(ThreadFilter.fold("Zurich"));
    assertThat(ThreadFilter.fold("a b")).isNotEqualTo(ThreadFilter.fold("ab"));
  }

  @Test
  void foldShouldGiveTheSameForEveryCharacterInEveryCase() {
    IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
        .filter(it -> it < Character.MIN_SURROGATE || it > Character.MAX_SURROGATE)
        .mapToObj(Character::toString)
        .forEach(
            text -> {
              String folded = ThreadFilter.fold(text);
              boolean same =
                  folded.equals(ThreadFilter.fold(folded))
                      && folded.equals(ThreadFilter.fold(text.toUpperCase(Locale.ROOT)))
                      && folded.equals(ThreadFilter.fold(text.toLowerCase(Locale.ROOT)))
                      && folded.equals(
                          ThreadFilter.fold(Normalizer.normalize(text, Normalizer.Form.NFD)));
              assertThat(same).as("U+%04X", text.codePointAt(0)).isTrue();
            });
  }

  @Test
  void aWordThatEndsInSigmaShouldBeFoundWithinALongerOne() {
    assertThat(ThreadFilter.search("ΟΔΟΣ").matches(Optional.of("ΟΔΟΣΗΜΑΝΣΗ"))).isTrue();
    assertThat(ThreadFilter.search("οδος").matches(Optional.of("ΟΔΟΣΗΜΑΝΣΗ"))).isTrue();
  }

  @Test
  void matchesShouldLookForTheTextAnywhereInTheName() {
    ThreadFilter filter = ThreadFilter.search("TRIP");

    assertThat(filter.matches(Optional.of("a trip to Rome"))).isTrue();
    assertThat(filter.matches(Optional.of("tri p"))).isFalse();
    assertThat(filter.matches(Optional.of(""))).isFalse();
    assertThat(filter.matches(Optional.empty())).isFalse();
  }

  @Test
  void everyThreadShouldMatchWhenNothingIsSearched() {
    assertThat(ThreadFilter.search("")).isEqualTo(ThreadFilter.all());
    assertThat(ThreadFilter.all().matches(Optional.empty())).isTrue();
    assertThat(ThreadFilter.all().matches(Optional.of("x"))).isTrue();
  }

  @Test
  void theTextShouldStandForItself() {
    assertThat(ThreadFilter.search(".*").matches(Optional.of("abc"))).isFalse();
    assertThat(ThreadFilter.search("%").matches(Optional.of("abc"))).isFalse();
    assertThat(ThreadFilter.search("100%").matches(Optional.of("at 100% now"))).isTrue();
  }
}
