package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.json.JsonValue.Null;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link EntitySchema} makes of stored JSON: it refuses nothing but a missing id. */
class EntitySchemaReadTest {
  private static final JsonObject STEP =
      JsonObject.of("id", JsonValue.of("s")).with("threadId", JsonValue.of("t"));

  @Test
  void attributesOfTheRightTypeShouldBeRead() {
    Step step =
        step(
            STEP.with("output", JsonValue.of("text"))
                .with("streaming", JsonValue.of(true))
                .with("tags", new JsonValue.Array(List.of(JsonValue.of("a"))))
                .with("metadata", JsonObject.empty())
                .with("createdAt", JsonValue.of("a time, once"))
                .with("showInput", JsonValue.of(false)));

    assertThat(step)
        .isEqualTo(
            Step.builder()
                .id(StepId.of("s"))
                .threadId(ThreadId.of("t"))
                .output("text")
                .streaming(true)
                .tags(List.of("a"))
                .metadata(JsonObject.empty())
                .createdAt(new Timestamp("a time, once"))
                .showInput(JsonValue.of(false))
                .build());
  }

  @Test
  void nullShouldBeAbsentAndServedAgain() {
    JsonObject stored = STEP.with("output", Null.NULL).with("future", Null.NULL);
    Step step = step(stored);

    assertThat(step.output()).isEmpty();
    assertThat(step.other())
        .isEqualTo(JsonObject.of("output", Null.NULL).with("future", Null.NULL));
    assertThat(StepAttributes.SCHEMA.toJson(step)).isEqualTo(stored);
  }

  @Test
  void aValueOfAnotherTypeShouldBeAbsentAndServedAgain() {
    JsonObject stored =
        STEP.with("output", JsonValue.of(1))
            .with("metadata", JsonValue.of("{\"a\": 1}"))
            .with("streaming", JsonValue.of("true"))
            .with("tags", new JsonValue.Array(List.of(JsonValue.of("a"), JsonValue.of(1))))
            .with("createdAt", JsonValue.of(5))
            .with("parentId", JsonValue.of(""))
            .with("feedback", JsonValue.of("none"));
    Step step = step(stored);

    assertThat(step.output()).isEmpty();
    assertThat(step.metadata()).isEmpty();
    assertThat(step.tags()).isEmpty();
    assertThat(step.parentId()).isEmpty();
    assertThat(step.feedback()).isEmpty();
    assertThat(StepAttributes.SCHEMA.toJson(step)).isEqualTo(stored);
  }

  @Test
  void whatBreaksALimitShouldBeRead() {
    JsonObject stored =
        STEP.with("id", JsonValue.of("a\nb" + "x".repeat(1_000)))
            .with("name", JsonValue.of("x".repeat(Limits.NAME_BYTES + 1)))
            .with("threadkeepFuture", JsonValue.of(new BigDecimal("1E500")));

    assertThat(StepAttributes.SCHEMA.toJson(step(stored))).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "threadId"})
  void aStepWithoutItsIdsShouldBeCorrupt(String name) {
    for (JsonObject stored :
        List.of(
            STEP.without(name),
            STEP.with(name, Null.NULL),
            STEP.with(name, JsonValue.of("")),
            STEP.with(name, JsonValue.of(7)))) {
      assertThatThrownBy(() -> step(stored))
          .isInstanceOfSatisfying(
              DataLayerException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CORRUPT))
          .hasMessage("step without its " + name);
    }
  }

  @Test
  void feedbackShouldBeReadWithWhatItDoesNotKnow() {
    JsonObject feedback = feedback(JsonValue.of(1)).with("comment", Null.NULL);
    JsonObject stored = STEP.with("feedback", feedback.with("future", JsonValue.of(1)));
    Step step = step(stored);

    assertThat(step.feedback().orElseThrow().value()).isEqualTo(1);
    assertThat(step.feedback().orElseThrow().comment()).isEmpty();
    assertThat(StepAttributes.SCHEMA.toJson(step)).isEqualTo(stored);
  }

  @Test
  void feedbackThatCannotBeUnderstoodShouldBeNoneAndServedAgain() {
    for (JsonObject feedback :
        List.of(
            JsonObject.empty(),
            feedback(JsonValue.of(1)).without("value"),
            feedback(JsonValue.of(1)).with("threadId", Null.NULL),
            feedback(JsonValue.of(new BigDecimal("0.5"))),
            feedback(JsonValue.of(4_294_967_297L)),
            feedback(JsonValue.of(new BigDecimal("1E2147483647"))),
            feedback(JsonValue.of("1")))) {
      JsonObject stored = STEP.with("feedback", feedback);

      assertThat(step(stored).feedback()).as(feedback.toString()).isEmpty();
      assertThat(StepAttributes.SCHEMA.toJson(step(stored))).isEqualTo(stored);
    }
  }

  @Test
  void aFeedbackOfAnotherValueShouldBeRead() {
    assertThat(step(STEP.with("feedback", feedback(JsonValue.of(5)))).feedback())
        .map(Feedback::value)
        .contains(5);
  }

  @Test
  void wholeNumbersShouldBeThoseOf64Bits() {
    JsonObject element = JsonObject.of("id", JsonValue.of("e")).with("threadId", JsonValue.of("t"));
    for (String whole :
        List.of("0", "3.00", "1E3", "9223372036854775807", "-9223372036854775808")) {
      JsonObject stored = element.with("page", JsonValue.of(new BigDecimal(whole)));
      assertThat(ElementAttributes.SCHEMA.fromStored(stored).page())
          .contains(new BigDecimal(whole).longValueExact());
    }
    for (String other :
        List.of("0.5", "9223372036854775808", "-9223372036854775809", "1E2147483647", "1E-130")) {
      JsonObject stored = element.with("page", JsonValue.of(new BigDecimal(other)));
      assertThat(ElementAttributes.SCHEMA.fromStored(stored).page()).as(other).isEmpty();
      assertThat(ElementAttributes.SCHEMA.toJson(ElementAttributes.SCHEMA.fromStored(stored)))
          .isEqualTo(stored);
    }
  }

  @Test
  void anElementWithoutAFileShouldBeReadAsChainlitWritesIt() {
    JsonObject stored =
        JsonObject.of("id", JsonValue.of("e"))
            .with("threadId", JsonValue.of("t"))
            .with("objectKey", JsonValue.of(""))
            .with("forId", Null.NULL);
    Element element = ElementAttributes.SCHEMA.fromStored(stored);

    assertThat(element.objectKey()).isEmpty();
    assertThat(element.stepId()).isEmpty();
    assertThat(ElementAttributes.SCHEMA.toJson(element)).isEqualTo(stored);
  }

  @Test
  void aThreadThatHasNothingButItsIdShouldBeRead() {
    JsonObject stored = JsonObject.of("id", JsonValue.of("t"));

    assertThat(ThreadAttributes.SCHEMA.toJson(ThreadAttributes.SCHEMA.fromStored(stored)))
        .isEqualTo(stored);
  }

  @Test
  void theOwnerShouldBeServedUnderBothNames() {
    JsonObject stored =
        JsonObject.of("id", JsonValue.of("t"))
            .with("userId", JsonValue.of("ada"))
            .with("userIdentifier", JsonValue.of("ada"));
    ChatThread thread = ThreadAttributes.SCHEMA.fromStored(stored);

    assertThat(thread.userId()).contains(UserId.of("ada"));
    assertThat(ThreadAttributes.SCHEMA.toJson(thread)).isEqualTo(stored);
  }

  @Test
  void jsonShouldHaveTheAttributesInTheirOrderAndTheUnknownOnesLast() {
    Step step =
        Step.builder()
            .other(JsonObject.of("future", JsonValue.of(1)).with("output", JsonValue.of("hidden")))
            .output("text")
            .threadId(ThreadId.of("t"))
            .id(StepId.of("s"))
            .build();

    JsonObject json = StepAttributes.SCHEMA.toJson(step);
    assertThat(json.members().keySet()).containsExactly("id", "threadId", "output", "future");
    assertThat(json.get("output")).contains(JsonValue.of("text"));
  }

  private static Step step(JsonObject stored) {
    return StepAttributes.SCHEMA.fromStored(stored);
  }

  private static JsonObject feedback(JsonValue value) {
    return JsonObject.of("id", JsonValue.of("THREAD#t::STEP#s"))
        .with("forId", JsonValue.of("s"))
        .with("threadId", JsonValue.of("t"))
        .with("value", value);
  }
}
