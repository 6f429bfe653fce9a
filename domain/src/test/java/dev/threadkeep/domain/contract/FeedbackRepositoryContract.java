package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link dev.threadkeep.domain.port.FeedbackRepository} does. */
public interface FeedbackRepositoryContract extends StoreContract {
  @Test
  default void upsertShouldSetTheFeedbackOfTheStep() {
    Step step = step();
    Feedback feedback =
        feedback(step)
            .value(1)
            .comment("great \"job\" 😀")
            .other(JsonObject.of("future", JsonValue.of(1)))
            .build();

    assertThat(upsert(feedback)).isEqualTo(feedback);
    assertThat(find(step)).isEqualTo(Step.builder().from(step).feedback(feedback).build());
    assertThat(find(step).feedback().map(Feedback::id))
        .contains(FeedbackId.of("THREAD#" + step.threadId() + "::STEP#" + step.id()));
  }

  @Test
  default void upsertShouldReplaceAnEarlierFeedback() {
    Step step = step();
    upsert(
        feedback(step)
            .value(1)
            .comment("yes")
            .other(JsonObject.of("future", JsonValue.of(1)))
            .build());
    Feedback later = feedback(step).value(0).build();

    assertThat(upsert(later)).isEqualTo(later);
    assertThat(find(step).feedback()).contains(later);
    assertThat(upsert(later)).isEqualTo(later);
    assertThat(find(step).feedback()).contains(later);
  }

  @Test
  default void anEmptyCommentShouldBeKept() {
    Step step = step();
    Feedback feedback = feedback(step).value(0).comment("").build();

    upsert(feedback);

    assertThat(find(step).feedback()).contains(feedback);
  }

  @Test
  default void row13_feedbackOnAnUnknownStepShouldBeNotFoundAndWriteNothing() {
    ThreadId thread = Fresh.thread();
    StepId id = Fresh.step();
    Step elsewhere = step();

    for (StepId step : List.of(id, elsewhere.id())) {
      Await.refused(
          ErrorCode.NOT_FOUND,
          "step " + step + " not found",
          () ->
              store()
                  .feedback()
                  .upsert(Feedback.builder().threadId(thread).stepId(step).value(1).build()));
      assertThat(Await.result(store().steps().find(thread, step))).isEmpty();
    }
    assertNothingIn(thread);
    assertThat(find(elsewhere)).isEqualTo(elsewhere);
  }

  @Test
  default void row14_feedbackShouldNotGoToAThreadCalledNone() {
    StepId step = Fresh.step();
    ThreadId none = ThreadId.of("None");

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () ->
            store()
                .feedback()
                .upsert(Feedback.builder().threadId(none).stepId(step).value(1).build()));
    assertThat(Await.result(store().steps().find(none, step))).isEmpty();
  }

  @Test
  default void row15_deletingFeedbackOfAnUnknownStepShouldBeNotFoundAndWriteNothing() {
    ThreadId thread = Fresh.thread();
    StepId step = Fresh.step();

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () -> store().feedback().delete(thread, step));
    assertThat(Await.result(store().steps().find(thread, step))).isEmpty();
    assertNothingIn(thread);
  }

  @Test
  default void feedbackOnADeletedStepShouldNotBringItBack() {
    Step step = step();
    Await.result(store().steps().delete(step.threadId(), step.id()));

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step.id() + " not found",
        () -> store().feedback().upsert(feedback(step).value(1).build()));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step.id() + " not found",
        () -> store().feedback().delete(step.threadId(), step.id()));
    assertNothingIn(step.threadId());
  }

  @Test
  default void deleteShouldRemoveTheFeedbackAndLeaveTheStep() {
    Step step = step();
    upsert(feedback(step).value(1).comment("yes").build());

    delete(step);

    assertThat(find(step).feedback()).isEmpty();
    assertThat(Step.builder().from(find(step)).other(step.other()).build()).isEqualTo(step);
    delete(step);
    assertThat(find(step).feedback()).isEmpty();
  }

  @Test
  default void deleteShouldDoNothingWhenThereIsNoFeedback() {
    Step step = step();

    delete(step);

    assertThat(find(step)).isEqualTo(step);
  }

  @Test
  default void feedbackShouldBeReadWithItsStepInEveryWay() {
    Step step = step();
    Feedback feedback = feedback(step).value(1).build();
    upsert(feedback);

    assertThat(Await.result(store().steps().list(step.threadId(), PageRequest.first(1))).items())
        .singleElement()
        .extracting(Step::feedback)
        .isEqualTo(Optional.of(feedback));
  }

  @Test
  default void upsertShouldRefuseWhatBreaksALimit() {
    Step step = step();

    refused(ErrorCode.INVALID, "value: must be 0 or 1, is 2", feedback(step).value(2));
    refused(ErrorCode.INVALID, "value: must be 0 or 1, is -1", feedback(step).value(-1));
    refused(
        ErrorCode.TOO_LARGE,
        "comment: 65,537 bytes, at most 65,536",
        feedback(step).value(1).comment("x".repeat(Limits.COMMENT_BYTES + 1)));
    refused(
        ErrorCode.INVALID,
        "comment: has an unpaired surrogate",
        feedback(step).value(1).comment(Hostile.HALF_A_CHARACTER));
    refused(
        ErrorCode.INVALID,
        "future: number ",
        feedback(step)
            .value(1)
            .other(JsonObject.of("future", JsonValue.of(new BigDecimal("1E126")))));
    for (String name : Hostile.reservedNames(FeedbackAttributes.SCHEMA)) {
      refused(
          ErrorCode.INVALID,
          name + ": is reserved",
          feedback(step).value(1).other(JsonObject.of(name, JsonValue.of("mallory"))));
    }
    assertThat(find(step)).isEqualTo(step);
  }

  @Test
  default void theFreeJsonOfAFeedbackShouldBeNestedOneLevelLessDeep() {
    Step step = step();
    JsonObject deepest =
        JsonObject.of("future", Hostile.nested(Limits.JSON_DEPTH - 1))
            .with("numbers", new JsonValue.Array(Hostile.numbers()));
    Feedback feedback = feedback(step).value(1).other(deepest).build();

    assertThat(upsert(feedback)).isEqualTo(feedback);
    assertThat(find(step).feedback()).contains(feedback);
    refused(
        ErrorCode.INVALID,
        "future.in[0].in[0]",
        feedback(step).value(1).other(JsonObject.of("future", Hostile.nested(Limits.JSON_DEPTH))));
    assertThat(find(step).feedback()).contains(feedback);
  }

  @Test
  default void aCommentAsLongAsAllowedShouldBeStored() {
    Step step = step();
    Feedback feedback =
        feedback(step).value(1).comment("é".repeat(Limits.COMMENT_BYTES / 2)).build();

    upsert(feedback);

    assertThat(find(step).feedback()).contains(feedback);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void hostileIdsShouldBeIdsLikeAnyOther(String id) {
    Step step =
        Await.result(
            store()
                .steps()
                .upsert(Step.builder().threadId(ThreadId.of(id)).id(StepId.of(id)).build()));
    Feedback feedback = feedback(step).value(1).comment(id).build();

    upsert(feedback);

    assertThat(find(step).feedback()).contains(feedback);
    assertThat(feedback.id().targets()).contains(new FeedbackId.Target(step.threadId(), step.id()));
    delete(step);
    assertThat(find(step).feedback()).isEmpty();
  }

  @Test
  default void anIdWithHalfACharacterShouldBeNoOtherStep() {
    Step step =
        Await.result(
            store()
                .steps()
                .upsert(
                    Step.builder()
                        .threadId(Fresh.thread())
                        .id(StepId.of(Fresh.text() + "?"))
                        .build()));
    StepId half = StepId.of(step.id().value().replace("?", Hostile.HALF_A_CHARACTER));
    Feedback misled = Feedback.builder().threadId(step.threadId()).stepId(half).value(1).build();

    assertThat(Await.failure(() -> store().feedback().upsert(misled)).code())
        .isEqualTo(ErrorCode.INVALID);
    assertThat(Await.failure(() -> store().feedback().delete(step.threadId(), half)).code())
        .isIn(ErrorCode.INVALID, ErrorCode.NOT_FOUND);
    assertThat(find(step)).isEqualTo(step);
  }

  @Test
  default void ofConcurrentFeedbacksTheLastShouldStandWhole() {
    Step step = step();
    List<Feedback> all =
        IntStream.range(0, 8)
            .mapToObj(i -> feedback(step).value(i % 2).comment("comment " + i).build())
            .toList();
    Await.results(all.stream().map(feedback -> store().feedback().upsert(feedback)).toList());

    assertThat(all).contains(find(step).feedback().orElseThrow());
  }

  private void refused(ErrorCode code, String message, Feedback.Builder bad) {
    Await.refused(code, message, () -> store().feedback().upsert(bad.build()));
  }

  private void assertNothingIn(ThreadId thread) {
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
    assertThat(Await.result(store().steps().list(thread, PageRequest.first(1))).items()).isEmpty();
  }

  private Feedback upsert(Feedback feedback) {
    return Await.result(store().feedback().upsert(feedback));
  }

  private void delete(Step step) {
    Await.result(store().feedback().delete(step.threadId(), step.id()));
  }

  private Step find(Step step) {
    return Await.result(store().steps().find(step.threadId(), step.id())).orElseThrow();
  }

  private Step step() {
    return Await.result(
        store()
            .steps()
            .upsert(
                Step.builder()
                    .threadId(Fresh.thread())
                    .id(Fresh.step())
                    .output("text")
                    .metadata(JsonObject.of("favorite", JsonValue.of(true)))
                    .build()));
  }

  private static Feedback.Builder feedback(Step step) {
    return Feedback.builder().threadId(step.threadId()).stepId(step.id());
  }
}
