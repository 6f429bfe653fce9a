package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The part of {@link ThreadRepositoryContract} that is about all that belongs to a thread. */
public interface ConversationContract extends StoreContract {
  @Test
  default void loadShouldBeEmptyWhenThereIsNoThread() {
    ThreadId onlyAStep = Fresh.thread();
    step(onlyAStep, "s", "2026-03-01T00:00:00Z");

    assertThat(Await.result(store().threads().load(Fresh.thread()))).isEmpty();
    assertThat(Await.result(store().threads().load(onlyAStep))).isEmpty();
  }

  @Test
  default void loadShouldGiveTheThreadWithItsStepsAndElements() {
    ChatThread thread = create(Fresh.user());
    Step step = step(thread.id(), "s", "2026-03-01T00:00:00Z");
    Feedback feedback =
        Feedback.builder().threadId(thread.id()).stepId(step.id()).value(1).comment("yes").build();
    Await.result(store().feedback().upsert(feedback));
    Element b = element(thread.id(), "b", "u/b");
    Element a = element(thread.id(), "a", "u/a");

    Conversation conversation = load(thread.id());

    assertThat(conversation.thread()).isEqualTo(thread);
    assertThat(conversation.steps())
        .containsExactly(Step.builder().from(step).feedback(feedback).build());
    assertThat(conversation.elements()).containsExactly(a, b);
    assertThat(conversation.skipped()).isZero();
  }

  @Test
  default void loadShouldHaveTheStepsInTheOrderOfTheirTimesAndTiesById() {
    ChatThread thread = create(Fresh.user());
    String beyond16Bits = "\ud83d\ude00";
    List.of(beyond16Bits, "\uffff", "b", "a", "é")
        .forEach(id -> step(thread.id(), id, "2026-03-01T00:00:01Z"));
    step(thread.id(), "zero", "2026-03-01T00:00:00.999999Z");
    step(thread.id(), "last", "2026-03-01T00:00:02Z");
    step(thread.id(), "offset", "2026-03-01T02:00:01.500000+02:00");

    assertThat(load(thread.id()).steps())
        .extracting(step -> step.id().value())
        .containsExactly("zero", "a", "b", "é", "\uffff", beyond16Bits, "offset", "last");
  }

  @Test
  default void stepsThatCameBeforeTheirThreadShouldBelongToIt() {
    ThreadId id = Fresh.thread();
    Step step = step(id, "s", "2026-03-01T00:00:00Z");
    Element element = element(id, "e", "u/e");
    Await.result(
        store().threads().create(ChatThread.builder().id(id).userId(Fresh.user()).build()));

    assertThat(load(id).steps()).containsExactly(step);
    assertThat(load(id).elements()).containsExactly(element);
  }

  @Test
  default void threadsWhoseIdsLookAlikeShouldNotMix() {
    String id = Fresh.text();
    List<ThreadId> threads =
        Stream.of("", "#", "::STEP#s", "#STEP#s", "%", "/", "*", "1")
            .map(end -> ThreadId.of(id + end))
            .toList();
    for (ThreadId thread : threads) {
      Await.result(
          store().threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));
      step(thread, "s", "2026-03-01T00:00:00Z");
      element(thread, "s", "u/s");
    }

    Await.result(store().threads().delete(threads.get(0)));

    assertThat(Await.result(store().threads().isTaken(threads.get(0)))).isFalse();
    for (ThreadId thread : threads.subList(1, threads.size())) {
      assertThat(load(thread).steps()).hasSize(1);
      assertThat(load(thread).elements()).hasSize(1);
    }
  }

  @Test
  default void row24_deleteShouldRemoveEverythingAndNameTheFiles() {
    UserId owner = Fresh.user();
    ChatThread thread = create(owner);
    IntStream.range(0, 60).forEach(i -> step(thread.id(), "s" + i, "2026-03-01T00:00:00Z"));
    IntStream.range(0, 5).forEach(i -> element(thread.id(), "e" + i, "u/" + thread.id() + "/" + i));
    Await.result(
        store()
            .elements()
            .upsert(Element.builder().threadId(thread.id()).id(ElementId.of("no file")).build()));

    Deletion deletion = Await.result(store().threads().delete(thread.id()));

    assertThat(deletion.items()).isEqualTo(67);
    assertThat(deletion.files())
        .extracting(BlobKey::value)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 5).mapToObj(i -> "u/" + thread.id() + "/" + i).toList());
    assertGone(thread.id());
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(10))).items())
        .isEmpty();
  }

  @Test
  default void clearShouldLeaveTheThreadAloneWithItsOwner() {
    UserId owner = Fresh.user();
    ChatThread thread = create(owner);
    IntStream.range(0, 30).forEach(i -> step(thread.id(), "s" + i, "2026-03-01T00:00:00Z"));
    element(thread.id(), "e", "u/e");

    assertThat(Await.result(store().threads().clear(thread.id())))
        .isEqualTo(new Deletion(31, List.of(BlobKey.of("u/e"))));

    assertThat(load(thread.id()).steps()).isEmpty();
    assertThat(load(thread.id()).elements()).isEmpty();
    assertThat(load(thread.id()).thread()).isEqualTo(thread);
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(10))).items())
        .hasSize(1);
    assertThat(Await.result(store().threads().clear(thread.id())))
        .as("again")
        .isEqualTo(new Deletion(0, List.of(BlobKey.of("u/e"))));
  }

  @Test
  default void clearShouldWorkOnChildrenWithoutAThread() {
    ThreadId id = Fresh.thread();
    step(id, "s", "2026-03-01T00:00:00Z");
    element(id, "e", "u/e");

    assertThat(Await.result(store().threads().clear(id)))
        .isEqualTo(new Deletion(2, List.of(BlobKey.of("u/e"))));
    assertGone(id);
  }

  @Test
  default void deleteShouldBeRepeatable() {
    ChatThread thread = create(Fresh.user());

    assertThat(Await.result(store().threads().delete(thread.id())))
        .isEqualTo(new Deletion(1, List.of()));
    assertThat(Await.result(store().threads().delete(thread.id())))
        .isEqualTo(new Deletion(0, List.of()));
    assertThat(Await.result(store().threads().delete(Fresh.thread())))
        .isEqualTo(new Deletion(0, List.of()));
  }

  @Test
  default void aDeletedThreadShouldLeaveRoomForAnother() {
    UserId owner = Fresh.user();
    ChatThread thread = create(owner);
    step(thread.id(), "s", "2026-03-01T00:00:00Z");
    Await.result(store().threads().delete(thread.id()));

    Await.result(
        store()
            .threads()
            .create(ChatThread.builder().id(thread.id()).userId(Fresh.user()).name("B").build()));

    assertThat(load(thread.id()).steps()).isEmpty();
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(10))).items())
        .isEmpty();
  }

  @Test
  default void row27_deleteShouldWorkOnChildrenWithoutAThread() {
    ThreadId id = Fresh.thread();
    step(id, "s", "2026-03-01T00:00:00Z");
    element(id, "e", "u/e");

    assertThat(Await.result(store().threads().delete(id)))
        .isEqualTo(new Deletion(2, List.of(BlobKey.of("u/e"))));
    assertGone(id);
  }

  @Test
  default void row28_whatComesAfterADeleteShouldBringNothingBack() {
    ChatThread thread = create(Fresh.user());
    Step step = step(thread.id(), "s", "2026-03-01T00:00:00Z");
    Await.result(store().threads().delete(thread.id()));

    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + thread.id() + " not found",
        () -> store().threads().update(thread.id(), Patch.set(ThreadAttributes.NAME, "A")));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step s not found",
        () ->
            store()
                .steps()
                .update(thread.id(), step.id(), Patch.set(StepAttributes.OUTPUT, "late")));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step s not found",
        () ->
            store()
                .feedback()
                .upsert(
                    Feedback.builder().threadId(thread.id()).stepId(step.id()).value(1).build()));
    Await.result(store().threads().touch(thread.id(), Timestamp.of(clock().tick())));
    assertGone(thread.id());
  }

  @Test
  default void anIdWithHalfACharacterShouldDeleteNothingElse() {
    String id = Fresh.text();
    for (String end : List.of("?", "\ufffd")) {
      Await.result(
          store()
              .threads()
              .create(ChatThread.builder().id(ThreadId.of(id + end)).userId(Fresh.user()).build()));
    }
    ThreadId half = ThreadId.of(id + Hostile.HALF_A_CHARACTER);

    assertThat(Await.found(store().threads().find(half))).isEmpty();
    assertThat(Await.found(store().threads().load(half))).isEmpty();
    assertThat(Await.found(store().threads().findAuthor(half))).isEmpty();
    Await.found(store().threads().delete(half).thenApply(Optional::of));
    assertThat(load(ThreadId.of(id + "?"))).isNotNull();
    assertThat(load(ThreadId.of(id + "\ufffd"))).isNotNull();
  }

  @Test
  default void loadShouldAskForTheMemoryThatItNeeds() {
    int steps = 6;
    int bytes = 300_000;
    ThreadId thread = create(Fresh.user()).id();
    for (int i = 0; i < steps; i++) {
      String id = "s" + i;
      String text = "x".repeat(bytes);
      Await.result(
          store()
              .steps()
              .upsert(Step.builder().threadId(thread).id(StepId.of(id)).output(text).build()));
    }
    AtomicLong reserved = new AtomicLong();

    Optional<Conversation> loaded =
        Await.result(
            store()
                .threads()
                .load(
                    thread,
                    more -> {
                      reserved.addAndGet(more);
                      return CompletableFuture.completedStage(null);
                    }));

    assertThat(loaded).contains(load(thread));
    assertThat(reserved).hasValueGreaterThanOrEqualTo((long) steps * bytes);
  }

  @Test
  default void loadShouldWaitUntilThereIsMemory() {
    ThreadId thread = create(Fresh.user()).id();
    CompletableFuture<Void> memory = new CompletableFuture<>();

    CompletionStage<Optional<Conversation>> loading =
        store().threads().load(thread, more -> memory);

    assertThat(loading.toCompletableFuture()).isNotDone();
    memory.complete(null);
    assertThat(Await.result(loading)).contains(load(thread));
  }

  @Test
  default void loadShouldFailWhenItGetsNoMemory() {
    ThreadId thread = create(Fresh.user()).id();
    DataLayerException none = new DataLayerException(ErrorCode.UNAVAILABLE, "no memory");

    assertThat(
            Await.failure(
                () -> store().threads().load(thread, more -> CompletableFuture.failedStage(none))))
        .isSameAs(none);
  }

  private ChatThread create(UserId owner) {
    return Await.result(
        store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));
  }

  private Step step(ThreadId thread, String id, String createdAt) {
    return Await.result(
        store()
            .steps()
            .upsert(
                Step.builder()
                    .threadId(thread)
                    .id(StepId.of(id))
                    .output("text")
                    .createdAt(new Timestamp(createdAt))
                    .build()));
  }

  private Element element(ThreadId thread, String id, String file) {
    return Await.result(
        store()
            .elements()
            .upsert(
                Element.builder()
                    .threadId(thread)
                    .id(ElementId.of(id))
                    .objectKey(BlobKey.of(file))
                    .build()));
  }

  private Conversation load(ThreadId thread) {
    return Await.result(store().threads().load(thread)).orElseThrow();
  }

  private void assertGone(ThreadId thread) {
    assertThat(Await.result(store().threads().isTaken(thread))).isFalse();
    assertThat(Await.result(store().threads().load(thread))).isEmpty();
    assertThat(Await.result(store().steps().list(thread, PageRequest.first(1))).items()).isEmpty();
  }
}
