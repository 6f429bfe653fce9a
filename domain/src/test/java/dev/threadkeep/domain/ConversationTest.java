package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final ThreadId THREAD = ThreadId.of("t");

  @Test
  void stepsShouldBeInTheOrderOfTheirTimesAndTiesById() {
    List<Step> ordered =
        List.of(
            step("z", "2026-03-01T00:00:00Z"),
            step("a", "2026-03-01T00:00:01Z"),
            step("b", "2026-03-01T02:00:01.000+02:00"),
            step("c", "2026-03-01T00:00:01.000000Z"),
            step("\uffff", "2026-03-01T00:00:01"),
            step("😀", "2026-03-01T00:00:01Z"),
            step("y", "2026-03-01T00:00:01.000001Z"),
            step("l", "no time"),
            step("m", null),
            step("n", ""));

    for (int seed = 0; seed < 20; seed++) {
      assertThat(conversation(shuffled(ordered, seed), List.of()).steps()).isEqualTo(ordered);
    }
  }

  @Test
  void elementsShouldBeInTheOrderOfTheirIds() {
    List<Element> ordered =
        Stream.of("A", "a", "a#", "é", "\uffff", "😀")
            .map(id -> Element.builder().threadId(THREAD).id(ElementId.of(id)).build())
            .toList();

    assertThat(conversation(List.of(), shuffled(ordered, 1)).elements()).isEqualTo(ordered);
  }

  @Test
  void manyStepsShouldBeSorted() {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    List<Step> ordered =
        IntStream.range(0, 10_000)
            .mapToObj(i -> step("s" + i, Timestamp.of(start.plusSeconds(i)).text()))
            .toList();

    assertThat(conversation(shuffled(ordered, 7), List.of()).steps()).isEqualTo(ordered);
  }

  private static Conversation conversation(List<Step> steps, List<Element> elements) {
    return new Conversation(ChatThread.builder().id(THREAD).build(), steps, elements, 0);
  }

  private static Step step(String id, String createdAt) {
    return Step.builder()
        .threadId(THREAD)
        .id(StepId.of(id))
        .createdAt(Optional.ofNullable(createdAt).map(Timestamp::new))
        .build();
  }

  private static <T> List<T> shuffled(List<T> items, int seed) {
    List<T> shuffled = items.stream().collect(Collectors.toList());
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }
}
