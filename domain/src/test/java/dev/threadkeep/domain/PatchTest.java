package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.json.JsonValue.Null;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchTest {
  @Test
  void aPatchShouldHoldWhatIsSetAndCleared() {
    Patch patch =
        Patch.set(StepAttributes.OUTPUT, "text")
            .and(StepAttributes.STREAMING, false)
            .and(StepAttributes.TAGS, List.of("a"))
            .and(StepAttributes.END, new Timestamp("2026-03-01T00:00:00Z"))
            .and(StepAttributes.PARENT_ID, StepId.of("p"))
            .andClear(StepAttributes.INPUT);

    assertThat(patch.changes())
        .isEqualTo(
            JsonObject.of("output", JsonValue.of("text"))
                .with("streaming", JsonValue.of(false))
                .with("tags", new JsonValue.Array(List.of(JsonValue.of("a"))))
                .with("end", JsonValue.of("2026-03-01T00:00:00Z"))
                .with("parentId", JsonValue.of("p"))
                .with("input", Null.NULL));
  }

  @Test
  void theLastWordShouldCount() {
    assertThat(
            Patch.set(StepAttributes.OUTPUT, "a")
                .andClear(StepAttributes.OUTPUT)
                .changes()
                .get("output"))
        .contains(Null.NULL);
    assertThat(
            Patch.none()
                .andClear(StepAttributes.OUTPUT)
                .and(StepAttributes.OUTPUT, "b")
                .changes()
                .get("output"))
        .contains(JsonValue.of("b"));
  }

  @Test
  void nothingShouldBeWhatChangesNothing() {
    assertThat(Patch.none().isNothing()).isTrue();
    assertThat(Patch.set(ThreadAttributes.METADATA, JsonObject.empty()).isNothing()).isTrue();
    assertThat(Patch.none().andClear(ThreadAttributes.METADATA).isNothing()).isFalse();
    assertThat(Patch.none().andClear(ThreadAttributes.NAME).isNothing()).isFalse();
    assertThat(Patch.set(ThreadAttributes.NAME, "").isNothing()).isFalse();
    assertThat(Patch.set(ThreadAttributes.METADATA, JsonObject.of("a", Null.NULL)).isNothing())
        .isFalse();
    assertThat(
            Patch.set(ThreadAttributes.METADATA, JsonObject.empty())
                .and(ThreadAttributes.NAME, "a")
                .isNothing())
        .isFalse();
  }
}
