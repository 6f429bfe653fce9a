package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "t",
        "#",
        "THREAD#",
        "STEP#STEP#",
        "TEAM-1",
        "USER",
        "a/b::STEP#c",
        "ELEMENT#",
        "é😀"
      })
  void row16_idsShouldComeBackFromTheKeysTheyWerePutInto(String id) {
    ThreadId thread = ThreadId.of(id);

    assertThat(Keys.threadOf(Keys.thread(thread))).contains(thread);
    assertThat(Keys.threadOf(Keys.step(thread, StepId.of(id)))).contains(thread);
    assertThat(Keys.stepOf(Keys.step(thread, StepId.of(id)))).contains(StepId.of(id));
    assertThat(Keys.elementOf(Keys.element(thread, ElementId.of(id)))).contains(ElementId.of(id));
    assertThat(Keys.userOf(Keys.user(UserId.of(id)))).contains(UserId.of(id));
    assertThat(Keys.activityOf(Keys.indexSort(new Timestamp(id)))).isEqualTo(new Timestamp(id));
  }

  @Test
  void aKeyOfAnotherKindShouldHoldNoId() {
    ThreadId thread = ThreadId.of("t");

    assertThat(Keys.stepOf(Keys.thread(thread))).isEmpty();
    assertThat(Keys.elementOf(Keys.step(thread, StepId.of("ELEMENT#e")))).isEmpty();
    assertThat(Keys.userOf(Keys.thread(ThreadId.of("USER#u")))).isEmpty();
    assertThat(Keys.threadOf(new ItemKey("THREAD#", "THREAD"))).isEmpty();
    assertThat(Keys.isThread(Keys.step(thread, StepId.of("THREAD")))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "USER#u, USER, user u",
    "THREAD#t, THREAD, thread t",
    "THREAD#t, STEP#s, step s",
    "THREAD#t, ELEMENT#e, element e",
    "THREAD#t, FUTURE#f, item THREAD#t FUTURE#f",
    "SOMETHING#t, THREAD, item SOMETHING#t THREAD"
  })
  void aKeyShouldBeNamedByWhatItIsOf(String partition, String sort, String name) {
    assertThat(new ItemKey(partition, sort)).hasToString(name);
  }

  @Test
  void aKeyShouldBePossibleAsLongAsDynamoDbTakesIt() {
    assertThat(new ItemKey("x".repeat(2_048), "x".repeat(1_024)).isPossible()).isTrue();
    assertThat(new ItemKey("x".repeat(2_049), "x").isPossible()).isFalse();
    assertThat(new ItemKey("x", "é".repeat(513)).isPossible()).isFalse();
    assertThat(new ItemKey("x", "").isPossible()).isFalse();
    assertThat(new ItemKey("x", "\uD83D").isPossible()).isFalse();
  }
}
