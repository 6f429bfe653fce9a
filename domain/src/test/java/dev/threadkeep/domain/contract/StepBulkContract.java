package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link StepRepositoryContract} that is about many steps at once. */
public interface StepBulkContract extends StoreContract {
  @Test
  default void upsertAllShouldStoreEachStepAndSayWhichInTheSameOrder() {
    ThreadId one = Fresh.thread();
    ThreadId other = Fresh.thread();
    List<Step> steps =
        List.of(
            step(one, "c").output("c").build(),
            step(other, "a").output("a").build(),
            step(one, "a").output("b").build());

    List<WriteResult<StepId>> results = Await.result(store().steps().upsertAll(steps));

    assertThat(results)
        .containsExactly(
            new WriteResult<>(StepId.of("c"), Optional.empty()),
            new WriteResult<>(StepId.of("a"), Optional.empty()),
            new WriteResult<>(StepId.of("a"), Optional.empty()));
    for (Step step : steps) {
      Step stored = Await.result(store().steps().find(step.threadId(), step.id())).orElseThrow();
      assertThat(stored.output()).isEqualTo(step.output());
      assertThat(stored.createdAt()).isPresent();
    }
  }

  @Test
  default void upsertAllOfNothingShouldDoNothing() {
    assertThat(Await.result(store().steps().upsertAll(List.of()))).isEmpty();
  }

  @Test
  default void row17_upsertAllShouldMergeAsUpsertDoes() {
    ThreadId thread = Fresh.thread();
    Step before =
        Await.result(
            store()
                .steps()
                .upsert(
                    step(thread, "s")
                        .output("newer")
                        .metadata(JsonObject.of("a", JsonValue.of(1)))
                        .build()));
    Feedback feedback = Feedback.builder().threadId(thread).stepId(before.id()).value(1).build();
    Await.result(store().feedback().upsert(feedback));
    clock().tick();
    Step late = step(thread, "s").output("").metadata(JsonObject.of("b", JsonValue.of(2))).build();

    Await.result(store().steps().upsertAll(List.of(late)));

    assertThat(Await.result(store().steps().find(thread, before.id())))
        .contains(
            Step.builder()
                .from(before)
                .feedback(feedback)
                .metadata(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2)))
                .build());
  }

  @Test
  default void oneInvalidStepShouldRefuseAll() {
    ThreadId thread = Fresh.thread();
    List<Step> steps = steps(thread, 5);

    refused(
        ErrorCode.TOO_LARGE,
        "steps[3].output: 16,777,217 bytes, at most 16,777,216",
        with(steps, 3, step(thread, "x").output("x".repeat(Limits.CONTENT_BYTES + 1)).build()));
    refused(
        ErrorCode.TOO_LARGE,
        "steps[4].id: 257 bytes, at most 256",
        with(steps, 4, step(thread, "x".repeat(257)).build()));
    refused(
        ErrorCode.INVALID,
        "steps[0].metadata.in[0].in[0]",
        with(steps, 0, step(thread, "x").metadata(Hostile.nested(Limits.JSON_DEPTH + 1)).build()));
    refused(
        ErrorCode.INVALID,
        "steps[2].PK: is reserved",
        with(
            steps,
            2,
            step(thread, "x").other(JsonObject.of("PK", JsonValue.of("USER#m"))).build()));
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
  }

  @Test
  default void aStepThatComesTwiceShouldRefuseAll() {
    ThreadId thread = Fresh.thread();
    List<Step> steps = steps(thread, 5);

    refused(ErrorCode.INVALID, "steps[4]: ", with(steps, 4, steps.get(1)));
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
  }

  @Test
  default void moreThanAHundredStepsShouldBeRefused() {
    ThreadId thread = Fresh.thread();

    refused(ErrorCode.INVALID, "steps: 101 items, at most 100", steps(thread, 101));
    refused(
        ErrorCode.INVALID,
        "steps: 1000000 items, at most 100",
        Collections.nCopies(1_000_000, step(thread, "s").build()));
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
  }

  @Test
  default void aThreadOfAThousandStepsShouldBeLoadedListedAndDeletedCompletely() {
    ThreadId thread = Fresh.thread();
    Await.result(
        store().threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));
    List<Step> steps = steps(thread, 1_000);
    List<StepId> ids = steps.stream().map(Step::id).toList();
    List<Step> shuffled = new ArrayList<>(steps);
    Collections.reverse(shuffled);
    for (int from = 0; from < shuffled.size(); from += Limits.BULK_STEPS) {
      List<Step> part = shuffled.subList(from, from + Limits.BULK_STEPS);
      assertThat(Await.result(store().steps().upsertAll(part)))
          .allMatch(result -> result.error().isEmpty());
    }

    List<Step> loaded = Await.result(store().threads().load(thread)).orElseThrow().steps();
    assertThat(loaded).extracting(Step::id).isEqualTo(ids);
    assertThat(loaded).allMatch(step -> step.output().equals(steps.get(0).output()));
    List<Step> listed = new ArrayList<>();
    PageRequest request = PageRequest.first(PageRequest.MAX);
    for (int page = 1; page <= 10; page++) {
      Page<Step> part = Await.result(store().steps().list(thread, request));
      assertThat(part.items()).hasSize(100);
      assertThat(part.next().isPresent()).isEqualTo(page < 10);
      listed.addAll(part.items());
      request = part.next().map(request::after).orElse(request);
    }
    assertThat(listed).isEqualTo(loaded);
    assertThat(Await.result(store().threads().delete(thread)).items()).isEqualTo(1_001);
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
  }

  private void refused(ErrorCode code, String message, List<Step> steps) {
    Await.refused(code, message, () -> store().steps().upsertAll(steps));
  }

  private static List<Step> with(List<Step> steps, int index, Step bad) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(index, bad);
    return changed;
  }

  /** Steps of 2,000 characters each, whose times and ids have the same order. */
  private static List<Step> steps(ThreadId thread, int count) {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                step(thread, String.format(Locale.ROOT, "s-%04d", i))
                    .output("x".repeat(2_000))
                    .createdAt(Timestamp.of(start.plusSeconds(i)))
                    .build())
        .toList();
  }

  private static Step.Builder step(ThreadId thread, String id) {
    return Step.builder().threadId(thread).id(StepId.of(id));
  }
}
