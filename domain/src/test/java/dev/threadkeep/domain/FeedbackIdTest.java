package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.FeedbackId.Target;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackIdTest {
  @Test
  void ofShouldBeTheFormOfChainlit() {
    assertThat(FeedbackId.of(ThreadId.of("t-1"), StepId.of("s-1")).value())
        .isEqualTo("THREAD#t-1::STEP#s-1");
  }

  @Test
  void targetsShouldBeTheOneStepOfAnOrdinaryId() {
    assertThat(FeedbackId.of("THREAD#t-1::STEP#s-1").targets())
        .containsExactly(target("t-1", "s-1"));
  }

  @Test
  void targetsShouldBeEverySplitOfAnAmbiguousId() {
    assertThat(FeedbackId.of("THREAD#a::STEP#b::STEP#c").targets())
        .containsExactly(target("a", "b::STEP#c"), target("a::STEP#b", "c"));
    assertThat(FeedbackId.of("THREAD#::STEP#::STEP#::STEP#").targets())
        .containsExactly(target("::STEP#", "::STEP#"));
    assertThat(FeedbackId.of("THREAD#THREAD#::STEP#STEP#").targets())
        .containsExactly(target("THREAD#", "STEP#"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "THREAD#",
        "THREAD#t",
        "THREAD#t::STEP#",
        "THREAD#::STEP#s",
        "::STEP#s",
        "STEP#s",
        "thread#t::step#s",
        " THREAD#t::STEP#s",
        "THREAD#t:STEP#s"
      })
  void targetsShouldBeEmptyWhenTheIdIsNotOfTheForm(String id) {
    assertThat(FeedbackId.of(id).targets()).isEmpty();
  }

  @Test
  void targetsShouldBeFewWhenTheIdIsMadeOfSeparators() {
    String separators = "::STEP#".repeat(300);

    assertThat(FeedbackId.of("THREAD#t" + separators + "s").targets())
        .hasSizeLessThan(150)
        .contains(target("t" + "::STEP#".repeat(200), "::STEP#".repeat(99) + "s"));
    assertThat(FeedbackId.of("THREAD#t" + "::STEP#".repeat(1_000_000) + "s").targets()).isEmpty();
  }

  /** Ids of the few characters that could be mistaken for the separator. */
  @RepeatedTest(20)
  void theStepItWasMadeOfShouldBeAmongTheTargets(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 50; i++) {
      String thread = pick(random, ":", "S", "::STEP#", "#", "THREAD#");
      String step = pick(random, "a", "::STEP#", "::", "TEP#", "/");
      FeedbackId id = FeedbackId.of(ThreadId.of(thread), StepId.of(step));

      assertThat(id.targets())
          .contains(target(thread, step))
          .allMatch(it -> FeedbackId.of(it.thread(), it.step()).equals(id));
    }
  }

  private static String pick(Random random, String... pieces) {
    return random
        .ints(random.nextInt(1, 8), 0, pieces.length)
        .mapToObj(i -> pieces[i])
        .collect(Collectors.joining());
  }

  private static Target target(String thread, String step) {
    return new Target(ThreadId.of(thread), StepId.of(step));
  }
}
