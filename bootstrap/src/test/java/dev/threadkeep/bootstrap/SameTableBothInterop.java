package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Chainlit's own layer and Threadkeep write the same thread at the same time: each field has the
 * value that was last written to it, whoever that was.
 *
 * <p>Python's layer writes an attribute whole, {@code metadata} included, and with a thread it
 * always writes one: what Threadkeep has merged into it before is gone then, and only that layer
 * could change this. So of metadata the promise is that a merge keeps all that Python wrote, and
 * that nothing is gone which was merged after that. The same holds for a step that Python creates
 * again; here it only updates.
 */
class SameTableBothInterop {
  private static final int ROUNDS = 30;
  private static final int LAST = ROUNDS - 1;
  private static final Timestamp TIME = Timestamp.of(Instant.parse("2026-03-01T10:00:00Z"));
  private static final UserId OWNER = UserId.of("both");

  /** More than 400 KB: values of such a step are written by reading it first. */
  private static final String LARGE = "ü".repeat(220_000);

  @RegisterExtension static final SameTable table = SameTable.create();

  @Test
  void fieldsOfAStepShouldHaveTheirLastValues() {
    lastValuesShouldStay("small", "");
  }

  @Test
  void fieldsOfAStepWithLargeValuesShouldHaveTheirLastValues() {
    lastValuesShouldStay("large", LARGE);
  }

  @Test
  void fieldsOfTheThreadShouldHaveTheirLastValues() {
    ThreadId thread = table.create("thread", OWNER);
    atTheSameTime(
        round ->
            call(
                thread,
                "update_thread",
                Json.object(
                    "thread_id", thread.value(),
                    "name", "theirs " + round,
                    "metadata", Json.object("theirs", round))),
        round ->
            Await.result(
                table
                    .ours()
                    .threads()
                    .update(
                        thread,
                        Patch.set(ThreadAttributes.TAGS, List.of("ours " + round))
                            .and(ThreadAttributes.METADATA, Json.object("ours", round)))));

    JsonObject read = Reads.ours(table, thread.value());
    assertThat(Json.text(read, "name")).isEqualTo("theirs " + LAST);
    assertThat(Json.list(read, "tags")).containsExactly(JsonValue.of("ours " + LAST));
    assertThat(Json.text(read, "userId")).isEqualTo(OWNER.value());
    JsonObject metadata = (JsonObject) Json.member(read, "metadata");
    assertThat(metadata.get("theirs")).contains(JsonValue.of(LAST));
    metadata.get("ours").ifPresent(it -> assertThat(it).isEqualTo(JsonValue.of(LAST)));
    assertThat(TheirList.of(table.theirs(), OWNER.value()))
        .extracting(it -> Json.text(it, "id"))
        .contains(thread.value());
  }

  @Test
  void whatBothAddToAThreadShouldAllBeThere() {
    ThreadId thread = table.create("additions", OWNER);
    atTheSameTime(
        round ->
            call(
                thread, "create_step", Json.object("step_dict", stepOf(thread, "theirs " + round))),
        round -> {
          Await.result(table.ours().steps().upsert(newStep(thread, "ours " + round).build()));
          if (round > 0) {
            rate(thread, StepId.of("theirs " + (round - 1)), round);
          }
        });

    JsonValue ours = Json.member(Reads.ours(table, thread.value()), "steps");
    JsonValue theirs = Json.member(Reads.theirs(table, thread.value()), "steps");
    assertThat(((JsonObject) ours).members()).hasSize(2 * ROUNDS);
    assertThat(((JsonObject) theirs).members()).hasSize(2 * ROUNDS);
    for (int round = 1; round < ROUNDS; round++) {
      JsonValue rated = Json.member(ours, "theirs " + (round - 1));
      assertThat(Json.text(Json.member(rated, "feedback"), "comment")).isEqualTo("ours " + round);
    }
  }

  /** Threadkeep corrects its entries when it reads the thread. */
  @Test
  void aThreadThatBothRateShouldBeFoundByTheFeedbackThatCameLast() {
    UserId owner = UserId.of("rated by both");
    ThreadId thread = table.create("rated", owner);
    StepId step = StepId.of("step");
    Await.result(table.ours().steps().upsert(newStep(thread, step.value()).build()));
    atTheSameTime(
        round ->
            call(
                thread,
                "upsert_feedback",
                Json.object("forId", step.value(), "threadId", thread.value(), "value", round % 2)),
        round -> rate(thread, step, round + 1));

    Conversation read = Await.result(table.ours().threads().load(thread)).orElseThrow();
    int last = read.steps().get(0).feedback().orElseThrow().value();
    assertThat(table.rated(owner, last)).containsExactly(thread);
    assertThat(table.rated(owner, 1 - last)).isEmpty();
  }

  private static void lastValuesShouldStay(String id, String content) {
    ThreadId thread = table.create(id, OWNER);
    StepId step = StepId.of(id);
    Await.result(
        table
            .ours()
            .steps()
            .upsert(newStep(thread, id).metadata(Json.object("kept", true)).build()));
    atTheSameTime(
        round ->
            call(
                thread,
                "update_step",
                Json.object(
                    "step_dict",
                    stepOf(thread, id)
                        .with("command", JsonValue.of("theirs " + round))
                        .with("end", JsonValue.of("theirs " + round))
                        .with("output", JsonValue.of("theirs " + round)))),
        round -> {
          table.change(
              thread,
              step,
              Patch.set(StepAttributes.INPUT, content + round)
                  .and(StepAttributes.OUTPUT, "ours " + round)
                  .and(StepAttributes.LANGUAGE, "ours " + round)
                  .and(StepAttributes.METADATA, Json.object("ours", round)));
          rate(thread, step, round);
        });

    JsonObject read =
        (JsonObject) Json.member(Json.member(Reads.ours(table, thread.value()), "steps"), id);
    assertThat(Json.text(read, "output")).isIn("theirs " + LAST, "ours " + LAST);
    FieldComparison comparison = new FieldComparison();
    comparison.compare(
        id,
        Json.over(
            stepOf(thread, id),
            Json.object(
                "command", "theirs " + LAST,
                "end", "theirs " + LAST,
                "input", content + LAST,
                "language", "ours " + LAST,
                "metadata", Json.object("kept", true, "ours", LAST),
                "feedback",
                    StoredFeedback.of(thread.value(), id, LAST % 2)
                        .with("comment", JsonValue.of("ours " + LAST)))),
        read.without("output"));
    comparison.assertNoDifference();
    SameTable.report("both write a step " + ROUNDS + " times at once", 1, comparison);
  }

  /** In each round both begin together. */
  private static void atTheSameTime(IntConsumer theirs, IntConsumer ours) {
    CyclicBarrier beginning = new CyclicBarrier(2);
    CompletableFuture<Void> others = CompletableFuture.runAsync(() -> rounds(beginning, theirs));
    rounds(beginning, ours);
    others.join();
  }

  private static void rounds(CyclicBarrier beginning, IntConsumer round) {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        beginning.await();
        round.accept(i);
      }
    } catch (InterruptedException | BrokenBarrierException otherFailed) {
      throw new AssertionError("the other side has failed", otherFailed);
    } catch (AssertionError | RuntimeException failure) {
      beginning.reset(); // nobody waits for this side then
      throw failure;
    }
  }

  private static Step.Builder newStep(ThreadId thread, String id) {
    return Step.builder().threadId(thread).id(StepId.of(id)).type(StepType.TOOL).createdAt(TIME);
  }

  private static JsonObject stepOf(ThreadId thread, String id) {
    return Json.object(
        "id", id, "threadId", thread.value(), "type", "tool", "createdAt", TIME.text());
  }

  private static void rate(ThreadId thread, StepId step, int round) {
    Await.result(
        table
            .ours()
            .feedback()
            .upsert(
                Feedback.builder()
                    .threadId(thread)
                    .stepId(step)
                    .value(round % 2)
                    .comment("ours " + round)
                    .build()));
  }

  private static void call(ThreadId thread, String method, JsonObject arguments) {
    table.theirs().as(OWNER.value(), thread.value(), method, arguments);
  }
}
