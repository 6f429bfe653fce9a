package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps of more than 400 KB, which Chainlit's own layer sees by their preview. */
class SameTableLargeInterop {
  private static final UserId OWNER = UserId.of("large");
  private static final StepId STEP = StepId.of("step");
  private static final String OUTPUT = "ü🙂".repeat(100_000);
  private static final String INPUT = "{\"q\": \"" + "x".repeat(450_000) + "\"}";
  private static final JsonObject METADATA =
      Json.object("kept", true, "large", "m".repeat(500_000));

  @RegisterExtension static final SameTable table = SameTable.create();

  private ThreadId thread = ThreadId.of("of each test");

  @BeforeEach
  void writeALargeStep(TestInfo test) {
    thread = table.create(test.getDisplayName(), OWNER);
    Await.result(
        table
            .ours()
            .steps()
            .upsert(
                Step.builder()
                    .threadId(thread)
                    .id(STEP)
                    .type(StepType.TOOL)
                    .output(OUTPUT)
                    .input(INPUT)
                    .metadata(METADATA)
                    .build()));
  }

  @Test
  void theyShouldSeeThePreviewAndWeTheWhole() {
    JsonObject theirs = theirs();
    assertThat(Json.text(theirs, "output"))
        .startsWith(OUTPUT.substring(0, 3_000))
        .endsWith("[the beginning of 600,000 bytes, kept elsewhere]");
    assertThat(Json.text(theirs, "input")).startsWith(INPUT.substring(0, 8_000));
    assertThat(Json.member(theirs, "metadata")).isEqualTo(Json.object("kept", true));

    assertWhole(ours());
  }

  @Test
  void aFavouriteOfTheirsShouldKeepTheWhole() {
    JsonObject shown = Json.without(theirs(), Set.of("feedback"));
    call("set_step_favorite", Json.object("step_dict", shown, "favorite", true));

    assertThat(ours().output()).contains(OUTPUT);
    assertThat(ours().input()).contains(INPUT);
    assertThat(ours().metadata())
        .as("its large member is gone: Chainlit wrote the metadata that it saw")
        .contains(Json.object("kept", true, "favorite", true));
    Reads.ours(table, thread.value()); // which is how we learn of theirs
    assertThat(Await.result(table.ours().steps().listFavorites(OWNER)))
        .extracting(Step::threadId)
        .contains(thread);
  }

  @Test
  void anUpdateOfTheirsShouldCountAndLeaveTheOtherValuesWhole() {
    call(
        "update_step",
        Json.object("step_dict", Json.over(theirs(), Json.object("output", "theirs"))));
    assertThat(ours().output()).contains("theirs");
    assertThat(ours().input()).contains(INPUT);

    table.change(thread, STEP, Patch.set(StepAttributes.LANGUAGE, "java"));
    assertThat(ours().output()).contains("theirs");
    assertThat(ours().input()).contains(INPUT);
    assertThat(Json.text(theirs(), "output")).isEqualTo("theirs");
    assertThat(table.mend()).doesNotContain("failed");
    assertThat(ours().input()).contains(INPUT);
  }

  @Test
  void feedbackOfTheirsShouldKeepTheWhole() {
    table
        .theirs()
        .call("upsert_feedback", "forId", STEP.value(), "threadId", thread.value(), "value", 1);
    assertWhole(ours());
    assertThat(ours().feedback()).isPresent();

    String id = StoredFeedback.id(thread.value(), STEP.value());
    table.theirs().call("delete_feedback", "feedback_id", id);
    assertWhole(ours());
    assertThat(ours().feedback()).isEmpty();
  }

  @Test
  void aStepThatTheyMakeAgainShouldLeaveFilesThatTheDoctorRemoves() {
    JsonObject again =
        Json.object(
            "id", STEP.value(),
            "threadId", thread.value(),
            "type", "tool",
            "output", "again",
            "createdAt", "2026-03-01T10:00:00Z");
    call("create_step", Json.object("step_dict", again));
    assertThat(StepAttributes.SCHEMA.toJson(ours())).isEqualTo(again);

    assertThat(mendedFiles()).hasSize(3);
    assertThat(StepAttributes.SCHEMA.toJson(ours())).isEqualTo(again);
    assertThat(filesOfThread()).isEmpty();
  }

  @Test
  void aStepThatTheyDeleteShouldLeaveFilesThatTheDoctorRemoves() {
    call("delete_step", Json.object("step_id", STEP.value()));
    assertThat(Await.result(table.ours().steps().find(thread, STEP))).isEmpty();

    assertThat(mendedFiles()).hasSize(3);
    assertThat(filesOfThread()).isEmpty();
  }

  private static void assertWhole(Step step) {
    assertThat(step.output()).contains(OUTPUT);
    assertThat(step.input()).contains(INPUT);
    assertThat(step.metadata()).contains(METADATA);
    assertThat(step.other()).isEqualTo(JsonObject.empty());
  }

  private Step ours() {
    return Await.result(table.ours().steps().find(thread, STEP)).orElseThrow();
  }

  private JsonObject theirs() {
    JsonValue steps = Json.member(Reads.theirs(table, thread.value()), "steps");
    return (JsonObject) Json.member(steps, STEP.value());
  }

  /** Lets the doctor work; the files of this thread that it removed. */
  private List<String> mendedFiles() {
    return table
        .mend()
        .lines()
        .filter(line -> line.startsWith("file threadkeep/steps/" + thread + "/"))
        .filter(line -> line.endsWith("nothing refers to it: mended"))
        .toList();
  }

  private List<String> filesOfThread() {
    String prefix = "threadkeep/steps/" + thread + "/";
    return Await.result(table.files().list(prefix, Optional.empty())).items().stream()
        .map(file -> file.key().value())
        .toList();
  }

  private void call(String method, JsonObject arguments) {
    table.theirs().as(OWNER.value(), thread.value(), method, arguments);
  }
}
