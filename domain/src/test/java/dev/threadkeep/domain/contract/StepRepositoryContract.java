package dev.threadkeep.domain.contract;

import static dev.threadkeep.domain.contract.Stamps.assertStamped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link dev.threadkeep.domain.port.StepRepository} does: here when a step is created,
 * in the other interfaces when it is changed, and with many of them.
 */
public interface StepRepositoryContract
    extends StepUpdateContract, StepListContract, StepBulkContract, LargeStepContract {
  @Test
  default void findShouldBeEmptyWhenStepIsUnknown() {
    Step step = upsert(step().build());

    assertThat(find(Fresh.thread(), Fresh.step())).isEmpty();
    assertThat(find(step.threadId(), Fresh.step())).isEmpty();
    assertThat(find(Fresh.thread(), step.id())).isEmpty();
  }

  @Test
  default void upsertShouldStoreEveryAttributeAndGiveTheStep() {
    Step step = full();

    Step stored = upsert(step);

    assertSame(stored, step);
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void absentAttributesShouldStayAbsent() {
    Instant before = clock().tick();
    Step stored = upsert(step().build());

    assertStamped(stored.createdAt(), before, clock());
    assertSame(stored, step(stored).createdAt(stored.createdAt()).build());
    assertThat(find(stored)).isEqualTo(stored);
  }

  @Test
  default void emptyValuesShouldBeKept() {
    Step step =
        step()
            .name("")
            .command("")
            .input("")
            .output("")
            .language("")
            .tags(List.of())
            .metadata(JsonObject.empty())
            .modes(JsonObject.empty())
            .generation(JsonObject.empty())
            .showInput(JsonValue.of(""))
            .createdAt(Timestamp.of(clock().instant()))
            .other(JsonObject.of("future", JsonValue.of("")))
            .build();

    Step stored = upsert(step);

    assertSame(stored, step);
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row5_timesShouldBeWrittenInUtc() {
    Step stored =
        upsert(
            step()
                .createdAt(new Timestamp("2026-03-01T02:00:00+02:00"))
                .start(new Timestamp("2026-03-01T00:00:00.5"))
                .end(new Timestamp("2026-03-01T00:00:00.123456789Z"))
                .build());

    assertThat(stored.createdAt()).contains(new Timestamp("2026-03-01T00:00:00.000000Z"));
    assertThat(stored.start()).contains(new Timestamp("2026-03-01T00:00:00.500000Z"));
    assertThat(stored.end()).contains(new Timestamp("2026-03-01T00:00:00.123456Z"));
    assertThat(find(stored)).isEqualTo(stored);
  }

  @Test
  default void repeatingAnUpsertShouldChangeNothing() {
    Step step = full();
    Step stored = upsert(step);
    clock().tick();

    assertThat(upsert(step)).isEqualTo(stored);
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row17_aLateCreateShouldNotWipeANewerOutput() {
    Step step = full();
    Step updated = upsert(step);
    Step late =
        step(step)
            .type(StepType.RUN)
            .name("")
            .input("")
            .output("")
            .tags(List.of())
            .metadata(JsonObject.empty())
            .generation(JsonObject.empty())
            .showInput(JsonValue.of(""))
            .other(JsonObject.of("future", JsonValue.of("")))
            .build();

    Step stored = upsert(late);

    assertThat(stored).isEqualTo(Step.builder().from(updated).type(StepType.RUN).build());
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row17_aCreateAfterAnUpdateThatHasMoreShouldComplete() {
    Step step = upsert(step().output("").input("question").build());
    Await.result(
        store()
            .steps()
            .update(
                step.threadId(),
                step.id(),
                Patch.set(StepAttributes.OUTPUT, "answer")
                    .and(StepAttributes.END, Timestamp.of(clock().instant()))));

    Step stored = upsert(step(step).output("").input("question").name("llm").build());

    assertThat(stored.output()).contains("answer");
    assertThat(stored.input()).contains("question");
    assertThat(stored.name()).contains("llm");
    assertThat(stored.end()).isPresent();
  }

  @Test
  default void upsertShouldReplaceWhatIsNotEmpty() {
    Step step = upsert(full());
    Step changed =
        step(step)
            .name("other")
            .output("other")
            .isError(false)
            .streaming(false)
            .tags(List.of("other"))
            .modes(JsonObject.of("other", JsonValue.of(1)))
            .showInput(JsonValue.of(false))
            .start(new Timestamp("2026-04-01T00:00:00.000000Z"))
            .build();

    Step stored = upsert(changed);

    assertThat(stored)
        .isEqualTo(
            Step.builder()
                .from(step)
                .name("other")
                .output("other")
                .isError(false)
                .streaming(false)
                .tags(List.of("other"))
                .modes(JsonObject.of("other", JsonValue.of(1)))
                .showInput(JsonValue.of(false))
                .start(new Timestamp("2026-04-01T00:00:00.000000Z"))
                .build());
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row18_creatingAStepAgainShouldKeepItsFeedback() {
    Step step = upsert(step().output("a").build());
    Feedback feedback = feedback(step, 1);
    Await.result(store().feedback().upsert(feedback));

    assertThat(upsert(step(step).output("b").build()).feedback()).contains(feedback);
    Step withAnother = step(step).output("c").feedback(feedback(step, 0)).build();
    assertThat(upsert(withAnother).feedback()).contains(feedback);
    assertThat(find(step).feedback()).contains(feedback);
    assertThat(find(step).output()).contains("c");
  }

  @Test
  default void upsertShouldNotWriteFeedback() {
    Step step = step().build();
    Step withFeedback = Step.builder().from(step).feedback(feedback(step, 1)).build();

    assertThat(upsert(withFeedback).feedback()).isEmpty();
    assertThat(find(step).feedback()).isEmpty();
  }

  @Test
  default void row3_createdAtShouldBeWrittenOnce() {
    Step given = upsert(step().createdAt(new Timestamp("2026-03-01T00:00:00.000001Z")).build());
    Step stamped = upsert(step().build());
    clock().tick();
    Timestamp later = new Timestamp("2026-04-01T00:00:00.000000Z");

    assertThat(upsert(step(given).createdAt(later).build()).createdAt())
        .isEqualTo(given.createdAt());
    assertThat(upsert(step(given).build()).createdAt()).isEqualTo(given.createdAt());
    assertThat(upsert(step(stamped).createdAt(later).build()).createdAt())
        .isEqualTo(stamped.createdAt());
    assertThat(find(given).createdAt()).isEqualTo(given.createdAt());
  }

  @Test
  default void row1_upsertShouldMergeMetadata() {
    Step step =
        upsert(
            step()
                .metadata(
                    JsonObject.of("favorite", JsonValue.of(true)).with("gone", JsonValue.of(1)))
                .build());

    Step stored =
        upsert(
            step(step)
                .metadata(
                    JsonObject.of("icon", JsonValue.of("x")).with("gone", JsonValue.Null.NULL))
                .build());

    assertThat(stored.metadata())
        .contains(JsonObject.of("favorite", JsonValue.of(true)).with("icon", JsonValue.of("x")));
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void row1_upsertShouldMergeMetadataWhateverIsStored() {
    Step text = upsert(step().other(JsonObject.of("metadata", JsonValue.of("{}"))).build());
    Step missing = upsert(step().build());
    JsonObject metadata = JsonObject.of("icon", JsonValue.of("x"));

    assertThat(upsert(step(text).metadata(metadata).build()).metadata()).contains(metadata);
    assertThat(upsert(step(missing).metadata(metadata).build()).metadata()).contains(metadata);
  }

  @Test
  default void upsertShouldKeepUnknownAttributes() {
    Step step =
        upsert(
            step().other(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2))).build());

    Step stored =
        upsert(
            step(step)
                .other(JsonObject.of("a", JsonValue.Null.NULL).with("b", JsonValue.of(3)))
                .build());

    assertThat(Unknown.of(StepAttributes.SCHEMA, stored))
        .isEqualTo(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(3)));
    assertThat(find(step)).isEqualTo(stored);
  }

  @Test
  default void upsertShouldTakeManyUnknownAttributesAndRefuseTooMany() {
    JsonObject many = JsonObject.empty();
    for (int i = 0; i < Limits.UNKNOWN_ATTRIBUTES; i++) {
      many = many.with("future" + i, JsonValue.of(""));
    }
    Step full = Step.builder().from(full()).other(many).build();

    assertSame(upsert(full), full);

    JsonObject tooMany = many.with("last", JsonValue.of(""));
    Await.refused(
        ErrorCode.INVALID,
        "step: 101 unknown attributes, at most 100",
        () -> store().steps().upsert(step().other(tooMany).build()));
    Await.refused(
        ErrorCode.INVALID,
        "step: 101 unknown attributes, at most 100",
        () -> store().steps().update(full.threadId(), full.id(), new Patch(tooMany)));
  }

  @Test
  default void aTypeOfANewerWriterShouldBeKept() {
    Step step = upsert(step().type(StepType.of("telepathy 😀")).build());

    assertThat(find(step).type()).contains(StepType.of("telepathy 😀"));
  }

  @Test
  default void showInputShouldKeepItsType() {
    for (JsonValue value :
        List.of(
            JsonValue.of(true),
            JsonValue.of(false),
            JsonValue.of("json"),
            JsonValue.of("true"),
            JsonValue.of(3),
            JsonObject.of("a", JsonValue.of(1)))) {
      Step step = upsert(step().showInput(value).build());
      assertThat(step.showInput()).contains(value);
      assertThat(find(step)).isEqualTo(step);
    }
  }

  @Test
  default void stepsOfTwoThreadsMayHaveTheSameId() {
    Step one = upsert(step().output("one").build());
    Step other = upsert(step().id(one.id()).output("other").build());

    assertThat(find(one)).isEqualTo(one);
    assertThat(find(other)).isEqualTo(other);
  }

  @Test
  default void longTextsShouldComeBackWhole() {
    String text = "0123456789 😀 שלום \r\n\t\u0000 ".repeat(3_000);
    Step step = upsert(step().input(text).output(text).build());

    assertThat(step.input()).contains(text);
    assertThat(find(step)).isEqualTo(step);
  }

  @Test
  default void row20_hostileJsonShouldComeBackExactly() {
    Step step =
        step()
            .metadata(Hostile.json())
            .modes(Hostile.json())
            .generation(Hostile.json())
            .showInput(Hostile.json())
            .other(JsonObject.of("future", Hostile.json()).with("😀 a.b#:", JsonValue.of(1)))
            .createdAt(Timestamp.of(clock().instant()))
            .build();

    Step stored = upsert(step);

    assertSame(stored, step);
    assertThat(find(step)).isEqualTo(stored);
    assertThat(upsert(step)).isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badNumbers")
  default void row21_aNumberBeyondTheRangeShouldBeRefused(String number) {
    JsonValue bad = JsonValue.of(new BigDecimal(number));
    JsonObject list = JsonObject.of("n", new JsonValue.Array(List.of(JsonValue.of(1), bad)));

    refused("generation.n[1]: number ", step -> step.generation(list));
    refused("showInput: number ", step -> step.showInput(bad));
    refused("future: number ", step -> step.other(JsonObject.of("future", bad)));
  }

  @Test
  default void row22_whatIsTooLargeShouldBeRefusedWithItsSizeAndTheLimit() {
    String content = "x".repeat(Limits.CONTENT_BYTES + 1);
    String name = "x".repeat(Limits.NAME_BYTES + 1);
    JsonObject json = JsonObject.of("a", JsonValue.of(content));

    tooLarge("output: 16,777,217 bytes, at most 16,777,216", step -> step.output(content));
    tooLarge("input: 16,777,217 bytes, at most 16,777,216", step -> step.input(content));
    tooLarge("metadata.a: 16,777,217 bytes, at most 16,777,216", step -> step.metadata(json));
    tooLarge("future.a: 16,777,217 bytes", step -> step.other(JsonObject.of("future", json)));
    tooLarge("name: 2,049 bytes, at most 2,048", step -> step.name(name));
    tooLarge("type: 2,049 bytes, at most 2,048", step -> step.type(StepType.of(name)));
    tooLarge("command: 2,049 bytes, at most 2,048", step -> step.command(name));
    tooLarge("language: 2,049 bytes, at most 2,048", step -> step.language(name));
    tooLarge("icon: 2,049 bytes, at most 2,048", step -> step.icon(name));
    tooLarge("tags[0]: 2,049 bytes, at most 2,048", step -> step.tags(List.of(name)));
    tooLarge("parentId: 2,049 bytes, at most 256", step -> step.parentId(StepId.of(name)));
    refused(
        "tags: 101 items, at most 100",
        step -> step.tags(Collections.nCopies(Limits.TAGS + 1, "t")));
  }

  @Test
  default void upsertShouldRefuseWhatIsNoText() {
    String half = "x" + Hostile.HALF_A_CHARACTER;

    refused("output: has an unpaired surrogate at character 1", step -> step.output(half));
    refused("name: has an unpaired surrogate", step -> step.name(half));
    refused("type: must not be empty", step -> step.type(StepType.of("")));
    refused("tags[1]: has an unpaired surrogate", step -> step.tags(List.of("", half)));
    refused("start: must be a time", step -> step.start(new Timestamp("yesterday")));
    refused("end: must be a time", step -> step.end(new Timestamp("")));
    refused(
        "createdAt: must be a time (ISO 8601) of the years 0000 to 9999",
        step -> step.createdAt(new Timestamp("+10000-01-01T00:00:00Z")));
    refused("createdAt: must be a time", step -> step.createdAt(new Timestamp("2026-02-30")));
  }

  @Test
  default void upsertShouldRefuseJsonThatIsNestedTooDeep() {
    JsonObject deep = Hostile.nested(Limits.JSON_DEPTH + 1);

    refused("metadata.in[0].in[0]", step -> step.metadata(deep));
    refused("modes.in[0].in[0]", step -> step.modes(deep));
    refused("generation.in[0].in[0]", step -> step.generation(deep));
    refused("showInput.in[0].in[0]", step -> step.showInput(deep));
    refused("future.in[0].in[0]", step -> step.other(JsonObject.of("future", deep)));
    refused(
        "metadata (name of a member): must not be empty",
        step -> step.metadata(JsonObject.of("", JsonValue.of(1))));
  }

  @Test
  default void row35_reservedNamesShouldNotBeTakenFromUnknownAttributes() {
    for (String name : Hostile.reservedNames(StepAttributes.SCHEMA)) {
      refused(
          name + ": is reserved", step -> step.other(JsonObject.of(name, JsonValue.of("mallory"))));
    }
    assertThat(StepAttributes.SCHEMA.toJson(upsert(full())).members())
        .doesNotContainKeys("PK", "SK", "UserThreadPK", "UserThreadSK");
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void hostileIdsShouldBeIdsLikeAnyOther(String id) {
    Step step =
        Step.builder()
            .threadId(ThreadId.of(id))
            .id(StepId.of(id))
            .parentId(StepId.of(id))
            .name(id)
            .build();

    Step stored = upsert(step);

    assertThat(stored.id()).isEqualTo(step.id());
    assertThat(stored.threadId()).isEqualTo(step.threadId());
    assertThat(stored.parentId()).isEqualTo(step.parentId());
    assertThat(find(step)).isEqualTo(stored);
    assertThat(
            Await.result(
                    store()
                        .steps()
                        .update(step.threadId(), step.id(), Patch.set(StepAttributes.NAME, "x")))
                .name())
        .contains("x");
    assertThat(Await.result(store().steps().delete(step.threadId(), step.id()))).isTrue();
    assertThat(find(step.threadId(), step.id())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badIds")
  default void upsertShouldRefuseBadIds(String id) {
    Step valid = step().build();
    for (Step bad :
        List.of(
            Step.builder().from(valid).id(StepId.of(id)).build(),
            Step.builder().from(valid).threadId(ThreadId.of(id)).build(),
            Step.builder().from(valid).parentId(StepId.of(id)).build())) {
      DataLayerException error = Await.failure(() -> store().steps().upsert(bad));
      assertThat(error.code()).isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
      assertThat(error.getMessage()).matches("(id|threadId|parentId): .*");
      assertThat(Await.found(store().steps().find(bad.threadId(), bad.id()))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#lookalikes")
  default void lookalikesShouldBeDifferentSteps(List<String> ids) {
    Step one = upsert(step().id(StepId.of(ids.get(0))).build());
    StepId other = StepId.of(ids.get(1));

    assertThat(find(one.threadId(), other)).isEmpty();
    assertThat(Await.result(store().steps().delete(one.threadId(), other))).isFalse();
    assertThat(find(one)).isEqualTo(one);
  }

  @Test
  default void anIdWithHalfACharacterShouldBeNoOtherStep() {
    String id = Fresh.text();
    Step one = upsert(step().id(StepId.of(id + "?")).build());
    Step two = upsert(step().threadId(one.threadId()).id(StepId.of(id + "\ufffd")).build());
    StepId half = StepId.of(id + Hostile.HALF_A_CHARACTER);

    assertThat(Await.found(store().steps().find(one.threadId(), half))).isEmpty();
    assertThat(Await.result(store().steps().delete(one.threadId(), half))).isFalse();
    assertThat(find(one)).isEqualTo(one);
    assertThat(find(two)).isEqualTo(two);
  }

  @Test
  default void concurrentWritesShouldLoseNothing() {
    Step step = upsert(step().build());
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      JsonObject other = JsonObject.of("created" + i, JsonValue.of(i));
      JsonObject patch =
          JsonObject.of("patched" + i, JsonValue.of(i))
              .with("metadata", JsonObject.of("p" + i, JsonValue.of(i)));
      writes.add(
          store()
              .steps()
              .upsert(
                  step(step)
                      .other(other)
                      .metadata(JsonObject.of("c" + i, JsonValue.of(i)))
                      .build()));
      writes.add(store().steps().update(step.threadId(), step.id(), new Patch(patch)));
      writes.add(store().feedback().upsert(feedback(step, i % 2)));
    }
    writes.forEach(Await::result);

    Step stored = find(step);
    assertThat(stored.feedback()).isPresent();
    JsonObject metadata = stored.metadata().orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(stored.other().members()).containsKeys("created" + i, "patched" + i);
      assertThat(metadata.members()).containsKeys("c" + i, "p" + i);
    }
  }

  @Test
  default void concurrentCreatesShouldLoseNothing() {
    Step step = step().build();
    List<CompletionStage<Step>> writes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      writes.add(
          store()
              .steps()
              .upsert(
                  step(step)
                      .other(JsonObject.of("o" + i, JsonValue.of(i)))
                      .metadata(JsonObject.of("m" + i, JsonValue.of(i)))
                      .build()));
    }
    Await.results(writes);

    Step stored = find(step);
    for (int i = 0; i < 6; i++) {
      assertThat(stored.other().members()).containsKey("o" + i);
      assertThat(stored.metadata().orElseThrow().members()).containsKey("m" + i);
    }
  }

  private void refused(String message, UnaryOperator<Step.Builder> change) {
    Step bad = change.apply(step()).build();
    Await.refused(ErrorCode.INVALID, message, () -> store().steps().upsert(bad));
    assertThat(find(bad.threadId(), bad.id())).isEmpty();
  }

  private void tooLarge(String message, UnaryOperator<Step.Builder> change) {
    Step bad = change.apply(step()).build();
    Await.refused(ErrorCode.TOO_LARGE, message, () -> store().steps().upsert(bad));
    assertThat(find(bad.threadId(), bad.id())).isEmpty();
  }

  private Step upsert(Step step) {
    return Await.result(store().steps().upsert(step));
  }

  private Step find(Step step) {
    return find(step.threadId(), step.id()).orElseThrow();
  }

  private Optional<Step> find(ThreadId thread, StepId id) {
    return Await.result(store().steps().find(thread, id));
  }

  /** Asserts that a stored step says what was written. */
  private static void assertSame(Step stored, Step written) {
    assertThat(Step.builder().from(stored).other(Unknown.of(StepAttributes.SCHEMA, stored)).build())
        .isEqualTo(written);
  }

  private static Step.Builder step() {
    return Step.builder().threadId(Fresh.thread()).id(Fresh.step());
  }

  /** A step of the same ids that says nothing else. */
  private static Step.Builder step(Step step) {
    return Step.builder().threadId(step.threadId()).id(step.id());
  }

  private static Feedback feedback(Step step, int value) {
    return Feedback.builder().threadId(step.threadId()).stepId(step.id()).value(value).build();
  }

  /** A step that has every attribute. */
  private static Step full() {
    return step()
        .parentId(Fresh.step())
        .name("gpt-5")
        .type(StepType.LLM)
        .command("search")
        .modes(JsonObject.of("model", JsonValue.of("gpt-5")))
        .streaming(true)
        .waitForAnswer(false)
        .isError(true)
        .metadata(JsonObject.of("icon", JsonValue.of("search")))
        .tags(List.of("a", "b"))
        .input("{\"q\": \"näive ☃\"}")
        .output("line1\nline2\t\"quoted\"")
        .createdAt(new Timestamp("2026-03-01T00:00:00.000001Z"))
        .start(new Timestamp("2026-03-01T00:00:00.000002Z"))
        .end(new Timestamp("2026-03-01T00:00:00.000003Z"))
        .generation(JsonObject.of("tokens", JsonValue.of(120)))
        .showInput(JsonValue.of("json"))
        .defaultOpen(false)
        .autoCollapse(true)
        .language("python")
        .icon("search")
        .other(JsonObject.of("future", JsonObject.of("a", JsonValue.of(1))))
        .build();
  }
}
