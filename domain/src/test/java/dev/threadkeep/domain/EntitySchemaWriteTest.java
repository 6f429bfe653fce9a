package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.json.JsonValue.Null;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a write meets what is stored. */
class EntitySchemaWriteTest {
  private static final EntitySchema<Step, Step.Builder> SCHEMA = StepAttributes.SCHEMA;
  private static final JsonValue ONE = JsonValue.of(1);
  private static final JsonValue TWO = JsonValue.of(2);

  @Test
  void mergeIntoNothingShouldKeepEmptyValuesAndDropNulls() {
    JsonObject written =
        JsonObject.of("id", JsonValue.of("s"))
            .with("output", JsonValue.of(""))
            .with("tags", new JsonValue.Array(List.of()))
            .with("input", Null.NULL)
            .with("future", Null.NULL);

    assertThat(SCHEMA.merge(JsonObject.empty(), written))
        .isEqualTo(written.without("input").without("future"));
  }

  @Test
  void mergeShouldKeepWhatTheWriteDoesNotHave() {
    JsonObject stored = JsonObject.of("output", JsonValue.of("a")).with("future", ONE);

    assertThat(SCHEMA.merge(stored, JsonObject.empty())).isEqualTo(stored);
    assertThat(SCHEMA.merge(stored, JsonObject.of("output", Null.NULL).with("future", Null.NULL)))
        .isEqualTo(stored);
  }

  @Test
  void mergeShouldNotReplaceAValueByAnEmptyOne() {
    JsonObject stored =
        JsonObject.of("output", JsonValue.of("a"))
            .with("tags", new JsonValue.Array(List.of(ONE)))
            .with("modes", JsonObject.of("a", ONE))
            .with("future", JsonValue.of("b"));
    JsonObject empty =
        JsonObject.of("output", JsonValue.of(""))
            .with("tags", new JsonValue.Array(List.of()))
            .with("modes", JsonObject.empty())
            .with("future", JsonValue.of(""));

    assertThat(SCHEMA.merge(stored, empty)).isEqualTo(stored);
    assertThat(SCHEMA.merge(empty, stored)).isEqualTo(stored);
  }

  @Test
  void mergeShouldReplaceAllElse() {
    JsonObject stored =
        JsonObject.of("output", JsonValue.of("a"))
            .with("streaming", JsonValue.of(true))
            .with("modes", JsonObject.of("a", ONE))
            .with("future", ONE)
            .with("nothing", Null.NULL);
    JsonObject written =
        JsonObject.of("output", JsonValue.of("b"))
            .with("streaming", JsonValue.of(false))
            .with("modes", JsonObject.of("b", ONE))
            .with("future", JsonValue.of(0))
            .with("nothing", JsonValue.of(""));

    assertThat(SCHEMA.merge(stored, written)).isEqualTo(written);
  }

  @Test
  void mergeShouldKeepWhatIsWrittenOnceAndTheFeedback() {
    JsonObject stored =
        JsonObject.of("id", JsonValue.of("s"))
            .with("createdAt", JsonValue.of("2026-03-01T00:00:00Z"))
            .with("feedback", JsonObject.of("value", ONE));
    JsonObject written =
        JsonObject.of("id", JsonValue.of("other"))
            .with("createdAt", JsonValue.of("2026-04-01T00:00:00Z"))
            .with("feedback", JsonObject.of("value", JsonValue.of(0)));

    assertThat(SCHEMA.merge(stored, written)).isEqualTo(stored);
    assertThat(SCHEMA.merge(JsonObject.of("createdAt", Null.NULL), written))
        .isEqualTo(
            JsonObject.of("id", JsonValue.of("other"))
                .with("createdAt", JsonValue.of("2026-04-01T00:00:00.000000Z")));
  }

  @Test
  void mergeShouldMergeMetadataWhateverIsStored() {
    JsonObject change = JsonObject.of("metadata", JsonObject.of("b", TWO).with("c", Null.NULL));
    JsonObject merged = JsonObject.of("metadata", JsonObject.of("b", TWO));

    assertThat(
            SCHEMA.merge(JsonObject.of("metadata", JsonObject.of("a", ONE).with("c", ONE)), change))
        .isEqualTo(JsonObject.of("metadata", JsonObject.of("a", ONE).with("b", TWO)));
    assertThat(SCHEMA.merge(JsonObject.empty(), change)).isEqualTo(merged);
    assertThat(SCHEMA.merge(JsonObject.of("metadata", Null.NULL), change)).isEqualTo(merged);
    assertThat(SCHEMA.merge(JsonObject.of("metadata", JsonValue.of("{}")), change))
        .isEqualTo(merged);
  }

  @Test
  void applyShouldSetClearAndLeave() {
    JsonObject stored =
        JsonObject.of("output", JsonValue.of("a"))
            .with("input", JsonValue.of("b"))
            .with("name", JsonValue.of("c"))
            .with("future", ONE);
    Patch patch =
        new Patch(
            JsonObject.of("output", JsonValue.of(""))
                .with("input", Null.NULL)
                .with("future", Null.NULL)
                .with("neverThere", Null.NULL)
                .with("end", JsonValue.of("2026-03-01T02:00:00+02:00")));

    assertThat(SCHEMA.apply(stored, patch))
        .isEqualTo(
            JsonObject.of("output", JsonValue.of(""))
                .with("name", JsonValue.of("c"))
                .with("end", JsonValue.of("2026-03-01T00:00:00.000000Z")));
  }

  @Test
  void applyShouldMergeMetadataAndClearIt() {
    JsonObject stored = JsonObject.of("metadata", JsonObject.of("a", ONE).with("c", ONE));
    Patch merge =
        new Patch(JsonObject.of("metadata", JsonObject.of("b", TWO).with("c", Null.NULL)));
    Patch clear = new Patch(JsonObject.of("metadata", Null.NULL));

    assertThat(SCHEMA.apply(stored, merge))
        .isEqualTo(JsonObject.of("metadata", JsonObject.of("a", ONE).with("b", TWO)));
    assertThat(SCHEMA.apply(JsonObject.of("metadata", JsonValue.of("text")), merge))
        .isEqualTo(JsonObject.of("metadata", JsonObject.of("b", TWO)));
    assertThat(SCHEMA.apply(stored, clear)).isEqualTo(JsonObject.empty());
  }

  @Test
  void normalizeShouldBringTimesIntoOurForm() {
    JsonObject written =
        JsonObject.of("createdAt", JsonValue.of("2026-03-01T02:00:00+02:00"))
            .with("start", JsonValue.of("no time"))
            .with("end", Null.NULL)
            .with("output", JsonValue.of("2026-03-01T02:00:00+02:00"))
            .with("future", JsonValue.of("2026-03-01T02:00:00+02:00"));

    assertThat(SCHEMA.normalize(written))
        .isEqualTo(written.with("createdAt", JsonValue.of("2026-03-01T00:00:00.000000Z")));
  }
}
