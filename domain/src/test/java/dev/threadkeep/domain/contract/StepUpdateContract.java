package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.PageRequest;
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
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link StepRepositoryContract} that is about changing a step. */
public interface StepUpdateContract extends StoreContract {
  @Test
  default void updateShouldChangeWhatThePatchSaysAndNothingElse() {
    Step step = create();
    Patch patch =
        Patch.set(StepAttributes.OUTPUT, "new")
            .and(StepAttributes.TYPE, StepType.TOOL)
            .and(StepAttributes.STREAMING, false)
            .and(StepAttributes.PARENT_ID, StepId.of("p"))
            .and(StepAttributes.SHOW_INPUT, JsonValue.of(true))
            .and(StepAttributes.GENERATION, JsonObject.of("b", JsonValue.of(2)));

    Step changed = update(step, patch);

    assertThat(changed)
        .isEqualTo(
            Step.builder()
                .from(step)
                .output("new")
                .type(StepType.TOOL)
                .streaming(false)
                .parentId(StepId.of("p"))
                .showInput(JsonValue.of(true))
                .generation(JsonObject.of("b", JsonValue.of(2)))
                .build());
    assertThat(find(step)).isEqualTo(changed);
    assertThat(update(step, patch)).isEqualTo(changed);
  }

  @Test
  default void row5_updateShouldWriteTimesInUtc() {
    Step changed =
        update(create(), Patch.set(StepAttributes.END, new Timestamp("2026-03-01T02:00:00+02:00")));

    assertThat(changed.end()).contains(new Timestamp("2026-03-01T00:00:00.000000Z"));
    assertThat(find(changed)).isEqualTo(changed);
  }

  @Test
  default void row19_anExplicitNullShouldClearAndAbsentShouldLeave() {
    Step step = create();
    Patch patch =
        Patch.none()
            .andClear(StepAttributes.OUTPUT)
            .andClear(StepAttributes.TAGS)
            .andClear(StepAttributes.METADATA)
            .andClear(StepAttributes.STREAMING)
            .andClear(StepAttributes.LANGUAGE);

    Step cleared = update(step, patch);

    assertThat(cleared.output()).isEmpty();
    assertThat(cleared.tags()).isEmpty();
    assertThat(cleared.metadata()).isEmpty();
    assertThat(cleared.streaming()).isEmpty();
    assertThat(cleared.language()).isEmpty();
    assertThat(cleared.input()).isEqualTo(step.input());
    assertThat(cleared.name()).isEqualTo(step.name());
    assertThat(cleared.createdAt()).isEqualTo(step.createdAt());
    assertThat(Unknown.of(StepAttributes.SCHEMA, cleared)).isEqualTo(step.other());
    assertThat(find(step)).isEqualTo(cleared);
    assertThat(update(step, patch)).isEqualTo(cleared);
  }

  @Test
  default void row19_aPatchThatSaysNothingShouldWriteNothing() {
    Step step = create();

    assertThat(update(step, Patch.none())).isEqualTo(step);
    assertThat(update(step, Patch.set(StepAttributes.METADATA, JsonObject.empty())))
        .isEqualTo(step);
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step nothing not found",
        () -> store().steps().update(step.threadId(), StepId.of("nothing"), Patch.none()));
  }

  @Test
  default void updateShouldReplaceWithEmptyValues() {
    Step changed =
        update(
            create(),
            Patch.set(StepAttributes.OUTPUT, "")
                .and(StepAttributes.TAGS, List.of())
                .and(StepAttributes.GENERATION, JsonObject.empty()));

    assertThat(changed.output()).contains("");
    assertThat(changed.tags()).contains(List.of());
    assertThat(changed.generation()).contains(JsonObject.empty());
    assertThat(find(changed)).isEqualTo(changed);
  }

  @Test
  default void row1_updateShouldMergeMetadata() {
    Step step = create();
    JsonObject change =
        JsonObject.of("favorite", JsonValue.of(true))
            .with("icon", JsonValue.Null.NULL)
            .with("neverThere", JsonValue.Null.NULL)
            .with("a.b[0]", JsonValue.of(1));

    Step changed = update(step, Patch.set(StepAttributes.METADATA, change));

    assertThat(changed.metadata())
        .contains(
            JsonObject.of("kept", JsonValue.of(1))
                .with("favorite", JsonValue.of(true))
                .with("a.b[0]", JsonValue.of(1)));
    assertThat(find(step)).isEqualTo(changed);
  }

  @Test
  default void row1_updateShouldMergeMetadataWhateverIsStored() {
    JsonObject change = JsonObject.of("b", JsonValue.of(2)).with("gone", JsonValue.Null.NULL);
    JsonObject asText = JsonObject.of("metadata", JsonValue.of("{}"));
    for (Step step : List.of(upsert(step().build()), upsert(step().other(asText).build()))) {
      Step changed =
          update(
              step, Patch.set(StepAttributes.METADATA, change).and(StepAttributes.OUTPUT, "new"));

      assertThat(changed.metadata()).contains(JsonObject.of("b", JsonValue.of(2)));
      assertThat(changed.output()).contains("new");
      assertThat(find(step)).isEqualTo(changed);
    }
  }

  @Test
  default void updateShouldKeepTheFeedback() {
    Step step = create();
    Feedback feedback =
        Feedback.builder().threadId(step.threadId()).stepId(step.id()).value(0).build();
    Await.result(store().feedback().upsert(feedback));

    assertThat(update(step, Patch.set(StepAttributes.OUTPUT, "new")).feedback()).contains(feedback);
  }

  @Test
  default void updateShouldSetAndClearUnknownAttributes() {
    Step step = create();
    JsonObject patch =
        JsonObject.of("future", JsonValue.Null.NULL)
            .with("neverThere", JsonValue.Null.NULL)
            .with("a.b#:", Hostile.json())
            .with("size", JsonValue.of(""));

    Step changed = update(step, new Patch(patch));

    assertThat(Unknown.of(StepAttributes.SCHEMA, changed))
        .isEqualTo(JsonObject.of("a.b#:", Hostile.json()).with("size", JsonValue.of("")));
    assertThat(find(step)).isEqualTo(changed);
  }

  @Test
  default void row20_updateShouldWriteHostileJsonExactly() {
    Step changed =
        update(
            create(),
            Patch.set(StepAttributes.GENERATION, Hostile.json())
                .and(StepAttributes.MODES, Hostile.json()));

    assertThat(changed.generation()).contains(Hostile.json());
    assertThat(changed.modes()).contains(Hostile.json());
    assertThat(find(changed)).isEqualTo(changed);
  }

  @Test
  default void updateShouldRefuseWhatCannotBeChanged() {
    Step step = create();
    for (String name : List.of("id", "threadId", "createdAt")) {
      refused(step, name + ": cannot be changed", patch(name, JsonValue.of("mallory")));
      refused(step, name + ": cannot be changed", patch(name, JsonValue.Null.NULL));
    }
    refused(step, "feedback: is reserved", patch("feedback", JsonObject.empty()));
    refused(step, "feedback: is reserved", patch("feedback", JsonValue.Null.NULL));
    for (String name : Hostile.reservedNames(StepAttributes.SCHEMA)) {
      refused(step, name + ": is reserved", patch(name, JsonValue.of("mallory")));
      refused(step, name + ": is reserved", patch(name, JsonValue.Null.NULL));
    }
  }

  @Test
  default void updateShouldRefuseWrongTypes() {
    Step step = create();
    refused(step, "output: must be a text, is a number", patch("output", JsonValue.of(1)));
    refused(step, "output: must be a text, is an object", patch("output", JsonObject.empty()));
    refused(step, "streaming: must be true or false", patch("streaming", JsonValue.of("true")));
    refused(step, "tags: must be a list of texts, is a text", patch("tags", JsonValue.of("t")));
    refused(
        step,
        "tags: must be a list of texts, is an array",
        patch("tags", new JsonValue.Array(List.of(JsonValue.of(1)))));
    refused(step, "metadata: must be an object", patch("metadata", JsonValue.of("{}")));
    refused(step, "parentId: must be a text, is empty", patch("parentId", JsonValue.of("")));
    refused(step, "end: must be a time", patch("end", JsonValue.of("yesterday")));
    refused(step, "end: must be a time", patch("end", JsonValue.of(5)));
    refused(
        step,
        "name: has an unpaired surrogate",
        patch("name", JsonValue.of(Hostile.HALF_A_CHARACTER)));
    refused(
        step, "generation.in[0].in[0]", patch("generation", Hostile.nested(Limits.JSON_DEPTH + 1)));
    refused(
        step,
        "metadata.n: number of 39 digits, at most 38",
        patch("metadata", JsonObject.of("n", JsonValue.of(new BigDecimal("1" + "2".repeat(38))))));
    refused(step, "name of an attribute: must not be empty", patch("", JsonValue.of(1)));
  }

  @Test
  default void row22_updateShouldRefuseWhatIsTooLarge() {
    Step step = create();
    Patch patch =
        Patch.set(StepAttributes.NAME, "new")
            .and(StepAttributes.OUTPUT, "x".repeat(Limits.CONTENT_BYTES + 1));

    Await.refused(
        ErrorCode.TOO_LARGE,
        "output: 16,777,217 bytes, at most 16,777,216",
        () -> store().steps().update(step.threadId(), step.id(), patch));
    assertThat(find(step)).isEqualTo(step);
  }

  @Test
  default void row28_anUpdateShouldNotCreateAStep() {
    ThreadId thread = Fresh.thread();
    StepId id = Fresh.step();
    Step elsewhere = create();

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + id + " not found",
        () -> store().steps().update(thread, id, Patch.set(StepAttributes.OUTPUT, "late")));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + elsewhere.id() + " not found",
        () ->
            store()
                .steps()
                .update(
                    thread,
                    elsewhere.id(),
                    Patch.set(
                        StepAttributes.METADATA, JsonObject.of("favorite", JsonValue.of(true)))));
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
    assertThat(Await.result(store().steps().list(thread, PageRequest.first(1))).items()).isEmpty();
  }

  private void refused(Step step, String message, Patch patch) {
    Await.refused(
        ErrorCode.INVALID,
        message,
        () -> store().steps().update(step.threadId(), step.id(), patch));
    assertThat(find(step)).isEqualTo(step);
  }

  private Step update(Step step, Patch patch) {
    return Await.result(store().steps().update(step.threadId(), step.id(), patch));
  }

  private Step upsert(Step step) {
    return Await.result(store().steps().upsert(step));
  }

  private Step find(Step step) {
    return Await.result(store().steps().find(step.threadId(), step.id())).orElseThrow();
  }

  private Step create() {
    return upsert(
        step()
            .name("gpt-5")
            .type(StepType.LLM)
            .streaming(true)
            .input("in")
            .output("out")
            .tags(List.of("t"))
            .language("python")
            .metadata(JsonObject.of("icon", JsonValue.of("x")).with("kept", JsonValue.of(1)))
            .generation(JsonObject.of("a", JsonValue.of(1)))
            .other(JsonObject.of("future", JsonValue.of(1)))
            .build());
  }

  private static Step.Builder step() {
    return Step.builder().threadId(Fresh.thread()).id(Fresh.step());
  }

  private static Patch patch(String name, JsonValue value) {
    return new Patch(JsonObject.of(name, value));
  }
}
