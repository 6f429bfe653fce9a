package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.json.JsonValue.Null;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an {@link EntitySchema} takes from a caller's JSON, and what it refuses. */
class EntitySchemaCallerTest {
  private static final JsonObject USER = JsonObject.of("identifier", JsonValue.of("ada"));
  private static final JsonObject THREAD = JsonObject.of("id", JsonValue.of("t"));
  private static final JsonObject STEP = THREAD.with("threadId", JsonValue.of("t"));
  private static final JsonObject FEEDBACK =
      JsonObject.of("threadId", JsonValue.of("t"))
          .with("forId", JsonValue.of("s"))
          .with("value", JsonValue.of(1));

  @Test
  void aCallersJsonShouldBeRead() {
    JsonObject body =
        STEP.with("output", JsonValue.of(""))
            .with("streaming", JsonValue.of(false))
            .with("createdAt", JsonValue.of("2026-03-01T00:00:00Z"))
            .with("future", Hostile.json());

    assertThat(StepAttributes.SCHEMA.toJson(StepAttributes.SCHEMA.fromCaller(body)))
        .isEqualTo(body);
  }

  @Test
  void nullShouldBeAsGoodAsAbsent() {
    JsonObject body =
        STEP.with("output", Null.NULL).with("createdAt", Null.NULL).with("future", Null.NULL);

    assertThat(StepAttributes.SCHEMA.fromCaller(body))
        .isEqualTo(StepAttributes.SCHEMA.fromCaller(STEP));
  }

  @Test
  void aUserShouldBeNamedByEitherAttribute() {
    User user = User.builder().id(UserId.of("ada")).build();

    assertThat(UserAttributes.SCHEMA.fromCaller(USER)).isEqualTo(user);
    assertThat(UserAttributes.SCHEMA.fromCaller(JsonObject.of("id", JsonValue.of("ada"))))
        .isEqualTo(user);
    assertThat(UserAttributes.SCHEMA.fromCaller(USER.with("id", JsonValue.of("ada"))))
        .isEqualTo(user);
  }

  @Test
  void whatContradictsTheIdsShouldBeRefused() {
    refused(
        UserAttributes.SCHEMA,
        JsonObject.of("id", JsonValue.of("ada")).with("identifier", JsonValue.of("bob")),
        "id: contradicts what else the user says of itself");
    refused(
        UserAttributes.SCHEMA,
        USER.with("id", JsonValue.of("bob")),
        "identifier: contradicts what else the user says of itself");
    refused(
        ThreadAttributes.SCHEMA,
        THREAD.with("userId", JsonValue.of("ada")).with("userIdentifier", JsonValue.of("bob")),
        "userIdentifier: contradicts what else the thread says of itself");
    refused(
        ThreadAttributes.SCHEMA,
        THREAD.with("userIdentifier", JsonValue.of("bob")),
        "userIdentifier: contradicts what else the thread says of itself");
    refused(
        FeedbackAttributes.SCHEMA,
        FEEDBACK.with("id", JsonValue.of("THREAD#t::STEP#other")),
        "id: contradicts what else the feedback says of itself");
  }

  @Test
  void row14_feedbackWithoutAThreadShouldBeRefused() {
    refused(FeedbackAttributes.SCHEMA, FEEDBACK.without("threadId"), "threadId: is missing");
    refused(
        FeedbackAttributes.SCHEMA, FEEDBACK.with("threadId", Null.NULL), "threadId: is missing");
    refused(
        FeedbackAttributes.SCHEMA,
        FEEDBACK.with("threadId", JsonValue.of("")),
        "threadId: must be a text, is empty");
  }

  @Test
  void whatIsMissingShouldBeNamed() {
    refused(UserAttributes.SCHEMA, JsonObject.empty(), "identifier: is missing");
    refused(ThreadAttributes.SCHEMA, JsonObject.of("id", Null.NULL), "id: is missing");
    refused(StepAttributes.SCHEMA, STEP.without("threadId"), "threadId: is missing");
    refused(ElementAttributes.SCHEMA, STEP.without("id"), "id: is missing");
    refused(FeedbackAttributes.SCHEMA, FEEDBACK.without("value"), "value: is missing");
    refused(FeedbackAttributes.SCHEMA, FEEDBACK.without("forId"), "forId: is missing");
  }

  /** Without this, its builder would complain in words of its own. */
  @ParameterizedTest
  @MethodSource("schemas")
  <E, B> void whatIsRequiredShouldBeEnough(EntitySchema<E, B> schema) {
    JsonObject body = JsonObject.empty();
    for (Attribute<E, B, ?> attribute : schema.attributes()) {
      if (attribute.isRequired()) {
        refused(schema, body, attribute.name() + ": is missing");
        body =
            body.with(
                attribute.name(),
                attribute.name().equals("value") ? JsonValue.of(1) : JsonValue.of("an id"));
      }
    }

    assertThat(schema.fromCaller(body)).isNotNull();
  }

  static Stream<EntitySchema<?, ?>> schemas() {
    return Stream.of(
        UserAttributes.SCHEMA,
        ThreadAttributes.SCHEMA,
        StepAttributes.SCHEMA,
        ElementAttributes.SCHEMA,
        FeedbackAttributes.SCHEMA);
  }

  @ParameterizedTest
  @MethodSource
  void aWrongTypeShouldBeToldWithTheRightOne(
      EntitySchema<?, ?> schema, JsonObject body, String name, JsonValue value, String message) {
    refused(schema, body.with(name, value), message);
  }

  static Stream<Arguments> aWrongTypeShouldBeToldWithTheRightOne() {
    JsonValue array = new JsonValue.Array(List.of());
    return Stream.of(
        step("id", JsonValue.of(1), "id: must be a text, is a number"),
        step("id", JsonValue.of(""), "id: must be a text, is empty"),
        step("output", JsonValue.of(true), "output: must be a text, is true or false"),
        step("name", array, "name: must be a text, is an array"),
        step("type", JsonObject.empty(), "type: must be a text, is an object"),
        step("parentId", JsonValue.of(""), "parentId: must be a text, is empty"),
        step("streaming", JsonValue.of("true"), "streaming: must be true or false, is a text"),
        step("streaming", JsonValue.of(1), "streaming: must be true or false, is a number"),
        step("metadata", JsonValue.of("{}"), "metadata: must be an object, is a text"),
        step("modes", array, "modes: must be an object, is an array"),
        step("tags", JsonValue.of("a"), "tags: must be a list of texts, is a text"),
        step("start", JsonValue.of(5), "start: must be a time (ISO 8601), is a number"),
        step("end", JsonValue.of("5"), "end: must be a time (ISO 8601) of the years 0000 to 9999"),
        Arguments.of(
            ElementAttributes.SCHEMA,
            STEP,
            "page",
            JsonValue.of(new BigDecimal("1.5")),
            "page: must be a whole number, is a number"),
        Arguments.of(
            ElementAttributes.SCHEMA,
            STEP,
            "page",
            JsonValue.of(new BigDecimal("1E2147483647")),
            "page: must be a whole number, is a number"),
        Arguments.of(
            FeedbackAttributes.SCHEMA,
            FEEDBACK,
            "value",
            JsonValue.of("1"),
            "value: must be 0 or 1, is a text"),
        Arguments.of(
            FeedbackAttributes.SCHEMA,
            FEEDBACK,
            "value",
            JsonValue.of(4_294_967_297L),
            "value: must be 0 or 1, is a number"),
        Arguments.of(
            FeedbackAttributes.SCHEMA,
            FEEDBACK,
            "value",
            JsonValue.of(-1),
            "value: must be 0 or 1, is -1"));
  }

  @Test
  void row35_reservedNamesShouldBeRefused() {
    for (EntitySchema<?, ?> schema :
        List.of(
            UserAttributes.SCHEMA,
            ThreadAttributes.SCHEMA,
            StepAttributes.SCHEMA,
            ElementAttributes.SCHEMA,
            FeedbackAttributes.SCHEMA)) {
      for (String name : Hostile.reservedNames(schema)) {
        refused(schema, JsonObject.of(name, JsonValue.of("m")), name + ": is reserved");
        refused(schema, JsonObject.of(name, Null.NULL), name + ": is reserved");
      }
    }
    JsonValue text = JsonValue.of("2026-03-01T00:00:00Z");
    refused(UserAttributes.SCHEMA, USER.with("updatedAt", text), "updatedAt: is reserved");
    refused(ThreadAttributes.SCHEMA, THREAD.with("updatedAt", text), "updatedAt: is reserved");
    refused(ElementAttributes.SCHEMA, STEP.with("objectKey", text), "objectKey: is reserved");
    refused(StepAttributes.SCHEMA, STEP.with("feedback", FEEDBACK), "feedback: is reserved");
  }

  @Test
  void limitsShouldBeChecked() {
    refused(
        StepAttributes.SCHEMA,
        STEP.with("id", JsonValue.of("a\u0000b")),
        "id: has control characters");
    refused(
        StepAttributes.SCHEMA,
        STEP.with("future", Hostile.nested(Limits.JSON_DEPTH + 1)),
        "future.in[0].in[0]");
    refused(
        FeedbackAttributes.SCHEMA,
        FEEDBACK.with("future", Hostile.nested(Limits.JSON_DEPTH)),
        "future.in[0].in[0]");
    refused(
        StepAttributes.SCHEMA,
        STEP.with("", JsonValue.of(1)),
        "name of an attribute: must not be empty");
  }

  @Test
  void whatStandsInOtherUnderAKnownNameShouldHaveLimitsToo() {
    Step step = StepAttributes.SCHEMA.fromCaller(STEP);

    refusedInOther(step, "name", JsonValue.of("x".repeat(2_049)), "name: 2,049 bytes");
    refusedInOther(step, "output", JsonValue.of(new BigDecimal("1E126")), "output: number ");
    refusedInOther(step, "metadata", JsonValue.of("\ud800"), "metadata: has an unpaired");
    refusedInOther(step, "id", JsonValue.of("a\nb"), "id: has control characters");
    StepAttributes.SCHEMA.check(
        Step.builder()
            .from(step)
            .other(
                JsonObject.of("metadata", JsonValue.of("{}"))
                    .with("output", Null.NULL)
                    .with("feedback", JsonObject.empty()))
            .build());
  }

  private static void refusedInOther(Step step, String name, JsonValue value, String message) {
    Step bad = Step.builder().from(step).other(JsonObject.of(name, value)).build();
    assertThatThrownBy(() -> StepAttributes.SCHEMA.check(bad))
        .isInstanceOf(DataLayerException.class)
        .hasMessageStartingWith(message);
  }

  private static Arguments step(String name, JsonValue value, String message) {
    return Arguments.of(StepAttributes.SCHEMA, STEP, name, value, message);
  }

  private static void refused(EntitySchema<?, ?> schema, JsonObject body, String message) {
    assertThatThrownBy(() -> schema.fromCaller(body))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageStartingWith(message);
  }
}
