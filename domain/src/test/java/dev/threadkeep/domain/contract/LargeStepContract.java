package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of every size are steps like any other, wherever their values are kept. */
public interface LargeStepContract extends StoreContract {
  @ParameterizedTest
  @ValueSource(ints = {100_000, 299_000, 307_200, 390_000, 410_000, 1_000_000, 5_242_880})
  default void row22_aTextOfAnySizeShouldComeBack(int bytes) {
    Step step = large().output("é" + Large.text(bytes - 2)).build();

    Step stored = upsert(step);

    assertThat(stored).isEqualTo(withTime(step, stored));
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row22_allLargeValuesTogetherShouldComeBack() {
    Step step =
        large()
            .input(Large.text(400_000))
            .output(Large.text(500_000))
            .generation(Large.object(600_000))
            .metadata(Large.object(450_000).with("favorite", JsonValue.of(true)))
            .language("json")
            .build();

    Step stored = upsert(step);

    assertThat(stored).isEqualTo(withTime(step, stored));
    assertThat(find(step)).isEqualTo(stored);
    assertThat(Await.result(store().steps().list(step.threadId(), PageRequest.first(5))).items())
        .containsExactly(stored);
  }

  @Test
  default void aLargeStepShouldBeInItsThreadAndAmongTheFavorites() {
    UserId owner = Fresh.user();
    ThreadId thread = Fresh.thread();
    Await.result(store().threads().create(ChatThread.builder().id(thread).userId(owner).build()));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      steps.add(
          upsert(
              large()
                  .threadId(thread)
                  .createdAt(new Timestamp("2026-03-01T00:00:%02d.000000Z".formatted(i)))
                  .output(i % 3 == 0 ? "small" : Large.text(400_000 + i))
                  .metadata(JsonObject.of("favorite", JsonValue.of(i < 2)))
                  .build()));
    }

    assertThat(Await.result(store().threads().load(thread)).orElseThrow().steps()).isEqualTo(steps);
    assertThat(Await.result(store().steps().listFavorites(owner)))
        .containsExactly(steps.get(1), steps.get(0));
  }

  @Test
  default void anUpdateShouldKeepALargeStepWhole() {
    Step step = upsert(large().input(Large.text(400_000)).output(Large.text(600_000)).build());

    Step renamed = update(step, Patch.set(StepAttributes.NAME, "renamed"));
    assertThat(renamed).isEqualTo(Step.builder().from(step).name("renamed").build());
    assertThat(find(step)).isEqualTo(renamed);

    Step replaced = update(step, Patch.set(StepAttributes.OUTPUT, Large.text(700_000)));
    assertThat(replaced)
        .isEqualTo(Step.builder().from(renamed).output(Large.text(700_000)).build());
    assertThat(find(step)).isEqualTo(replaced);

    Step small = update(step, Patch.set(StepAttributes.OUTPUT, "small again"));
    assertThat(small).isEqualTo(Step.builder().from(renamed).output("small again").build());
    assertThat(find(step)).isEqualTo(small);

    Step cleared = update(step, Patch.none().andClear(StepAttributes.INPUT));
    assertThat(cleared.input()).isEmpty();
    assertThat(find(step)).isEqualTo(cleared);
  }

  @Test
  default void feedbackAndFavoriteShouldKeepALargeStepWhole() {
    Step step =
        upsert(
            large()
                .output(Large.text(500_000))
                .generation(Large.object(400_000))
                .metadata(Large.object(350_000))
                .build());
    Feedback feedback =
        Feedback.builder()
            .threadId(step.threadId())
            .stepId(step.id())
            .value(1)
            .comment("x".repeat(60_000))
            .build();

    Await.result(store().feedback().upsert(feedback));
    assertThat(find(step)).isEqualTo(Step.builder().from(step).feedback(feedback).build());

    JsonObject favorite = JsonObject.of("favorite", JsonValue.of(true));
    Step marked = update(step, Patch.set(StepAttributes.METADATA, favorite));
    Step expected =
        Step.builder()
            .from(step)
            .feedback(feedback)
            .metadata(step.metadata().orElseThrow().merge(favorite))
            .build();
    assertThat(marked).isEqualTo(expected);
    assertThat(find(step)).isEqualTo(expected);

    Await.result(store().feedback().delete(step.threadId(), step.id()));
    assertThat(find(step))
        .isEqualTo(Step.builder().from(expected).feedback(Optional.empty()).build());
  }

  @Test
  default void membersOfLargeMetadataShouldMergeOneByOne() {
    JsonObject metadata = Large.object(500_000).with("small", JsonValue.of(1));
    Step step = upsert(large().metadata(metadata).build());
    JsonObject changes =
        JsonObject.of("small", JsonValue.Null.NULL)
            .with("member3", JsonValue.of("replaced"))
            .with("member4", JsonValue.Null.NULL)
            .with("new", JsonValue.of(Large.text(200_000)));

    Step stored = update(step, new Patch(JsonObject.of("metadata", changes)));

    assertThat(stored.metadata()).contains(metadata.merge(changes));
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void anUpsertShouldMergeIntoALargeStepAsIntoAnyOther() {
    Step first =
        upsert(
            large()
                .output(Large.text(500_000))
                .metadata(JsonObject.of("a", JsonValue.of(1)))
                .build());

    Step late =
        upsert(
            Step.builder()
                .threadId(first.threadId())
                .id(first.id())
                .output("")
                .name("late")
                .metadata(JsonObject.of("b", JsonValue.of(Large.text(350_000))))
                .build());

    assertThat(late.output()).isEqualTo(first.output());
    assertThat(late.createdAt()).isEqualTo(first.createdAt());
    assertThat(late.name()).contains("late");
    assertThat(late.metadata().orElseThrow().members()).containsOnlyKeys("a", "b");
    assertThat(find(first)).isEqualTo(late);
  }

  @Test
  default void smallChangesMayMakeALargeStep() {
    Step step = upsert(large().input(Large.text(250_000)).build());

    Step both = update(step, Patch.set(StepAttributes.OUTPUT, Large.text(260_000)));
    assertThat(both.input()).isEqualTo(step.input());
    assertThat(both.output()).contains(Large.text(260_000));
    assertThat(find(step)).isEqualTo(both);

    Step more =
        upsert(
            Step.builder()
                .threadId(step.threadId())
                .id(step.id())
                .metadata(JsonObject.of("notes", JsonValue.of(Large.text(280_000))))
                .build());
    assertThat(more).isEqualTo(Step.builder().from(both).metadata(more.metadata()).build());
    assertThat(find(step)).isEqualTo(more);
  }

  @Test
  default void aLargeStepMayBeWrittenAgainAndDeleted() {
    Step step = large().output(Large.text(500_000)).build();
    Step stored = upsert(step);

    assertThat(upsert(step)).isEqualTo(stored);
    assertThat(find(step)).isEqualTo(stored);
    assertThat(Await.result(store().steps().delete(step.threadId(), step.id()))).isTrue();
    assertThat(Await.result(store().steps().find(step.threadId(), step.id()))).isEmpty();
    assertThat(Await.result(store().steps().delete(step.threadId(), step.id()))).isFalse();
  }

  @Test
  default void manyLargeStepsShouldGoInAtOnce() {
    ThreadId thread = Fresh.thread();
    List<Step> steps =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    large()
                        .threadId(thread)
                        .id(StepId.of("s%02d".formatted(i)))
                        .output(Large.text(350_000 + i))
                        .build())
            .toList();

    List<WriteResult<StepId>> results = Await.result(store().steps().upsertAll(steps));

    assertThat(results).allMatch(result -> result.error().isEmpty());
    assertThat(Await.result(store().steps().list(thread, PageRequest.first(100))).items())
        .extracting(Step::output)
        .isEqualTo(steps.stream().map(Step::output).toList());
  }

  @Test
  default void concurrentChangesOfALargeStepShouldAllCount() {
    Step step = upsert(large().output(Large.text(500_000)).build());
    List<Supplier<CompletionStage<Step>>> changes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      JsonObject member = JsonObject.of("m" + i, JsonValue.of(i));
      changes.add(
          () ->
              store()
                  .steps()
                  .update(step.threadId(), step.id(), Patch.set(StepAttributes.METADATA, member)));
    }

    Await.all(changes);

    Step stored = find(step);
    assertThat(stored.output()).isEqualTo(step.output());
    assertThat(stored.metadata().orElseThrow().members()).hasSize(4);
  }

  private Step.Builder large() {
    return Step.builder().threadId(Fresh.thread()).id(Fresh.step());
  }

  private Step upsert(Step step) {
    return Await.result(store().steps().upsert(step));
  }

  private Step update(Step step, Patch patch) {
    return Await.result(store().steps().update(step.threadId(), step.id(), patch));
  }

  private Step find(Step step) {
    return Await.result(store().steps().find(step.threadId(), step.id())).orElseThrow();
  }

  private static Step withTime(Step step, Step stored) {
    return Step.builder().from(step).createdAt(stored.createdAt()).build();
  }

  /** Values of a size. */
  final class Large {
    private Large() {}

    /** A text of so many bytes, another one for each number. */
    public static String text(int bytes) {
      Random random = new Random(bytes);
      StringBuilder text = new StringBuilder(bytes);
      for (int i = 0; i < bytes; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      return text.toString();
    }

    /** An object of about so many bytes, in ten members. */
    public static JsonObject object(int bytes) {
      JsonObject object = JsonObject.empty();
      for (int i = 0; i < 10; i++) {
        object = object.with("member" + i, JsonValue.of(text(bytes / 10 + i)));
      }
      return object;
    }
  }
}
