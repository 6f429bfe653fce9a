package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link ThreadRepositoryContract} that is about lists of threads with a feedback. */
public interface FeedbackListContract extends StoreContract {
  @Test
  default void row10_theFilterShouldFindThreadsByTheValueOfTheirFeedback() {
    UserId owner = Fresh.user();
    ThreadId liked = create(owner, 1, 1);
    ThreadId disliked = create(owner, 2, 0);
    ThreadId both = create(owner, 3, 1, 0);
    create(owner, 4);
    create(Fresh.user(), 5, 1);

    assertThat(list(owner, 1)).containsExactly(liked, both);
    assertThat(list(owner, 0)).containsExactly(disliked, both);
    assertThat(list(Fresh.user(), 1)).isEmpty();
  }

  @Test
  default void theFilteredListShouldSayWhatTheWholeListSays() {
    UserId owner = Fresh.user();
    ThreadId thread = create(owner, 1, 1);
    Await.result(store().threads().update(thread, Patch.set(ThreadAttributes.NAME, "renamed")));
    touch(thread, "2026-03-09T00:00:00.000000Z");

    assertThat(page(owner, ThreadFilter.all().withFeedback(1), PageRequest.first(10)))
        .isEqualTo(page(owner, ThreadFilter.all(), PageRequest.first(10)))
        .satisfies(it -> assertThat(it.items()).hasSize(1));
  }

  @Test
  default void aThreadShouldBeListedOnceHoweverManyFeedbacksItHas() {
    UserId owner = Fresh.user();
    List<ThreadId> threads = IntStream.range(0, 4).mapToObj(i -> create(owner, i)).toList();
    for (int i = 0; i < 5; i++) {
      threads.forEach(thread -> give(thread, 1));
    }

    for (int size : new int[] {1, 2, 3, 4, 5}) {
      assertThat(readAll(owner, ThreadFilter.all().withFeedback(1), size)).isEqualTo(threads);
    }
  }

  @Test
  default void theOrderShouldBeThatOfTheActivityWhenTheFeedbackWasGiven() {
    UserId owner = Fresh.user();
    ThreadId young = create(owner, 1, 1);
    ThreadId old = create(owner, 2, 1);
    ThreadId oldest = create(owner, 3);
    StepId again = give(oldest, 1);
    touch(old, "2026-03-08T00:00:00.000000Z");
    assertThat(list(owner, 1)).containsExactly(young, old, oldest);

    touch(oldest, "2026-03-09T00:00:00.000000Z");
    give(oldest, again, 1);

    assertThat(list(owner, 1)).containsExactly(oldest, young, old);
  }

  @Test
  default void aChangedFeedbackShouldMoveTheThreadToTheOtherList() {
    UserId owner = Fresh.user();
    ThreadId thread = create(owner, 1);
    StepId step = give(thread, 1);
    StepId second = give(thread, 1);

    give(thread, step, 0);
    assertThat(list(owner, 1)).containsExactly(thread);
    assertThat(list(owner, 0)).containsExactly(thread);

    give(thread, second, 0);
    assertThat(list(owner, 1)).isEmpty();
    assertThat(list(owner, 0)).containsExactly(thread);
  }

  @Test
  default void theThreadShouldLeaveTheListWithItsLastFeedback() {
    UserId owner = Fresh.user();
    ThreadId thread = create(owner, 1);
    StepId first = give(thread, 1);
    StepId second = give(thread, 1);

    Await.result(store().feedback().delete(thread, first));
    assertThat(list(owner, 1)).containsExactly(thread);

    Await.result(store().steps().delete(thread, second));
    assertThat(list(owner, 1)).isEmpty();
  }

  @Test
  default void theThreadShouldLeaveTheListWhenItGoes() {
    UserId owner = Fresh.user();
    ThreadId cleared = create(owner, 1, 1);
    ThreadId deleted = create(owner, 2, 1);
    ThreadId again = create(owner, 3);
    StepId step = give(again, 1);

    Await.result(store().threads().clear(cleared));
    Await.result(store().threads().delete(deleted));
    Await.result(store().threads().delete(again));
    create(owner, again, 3);
    upsert(again, step);

    assertThat(list(owner, 1)).isEmpty();
    assertThat(Await.result(store().threads().isTaken(deleted))).isFalse();
  }

  @Test
  default void feedbackThatIsRefusedShouldListNothing() {
    UserId owner = Fresh.user();
    ThreadId thread = create(owner, 1);

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step",
        () ->
            store()
                .feedback()
                .upsert(Feedback.builder().threadId(thread).stepId(Fresh.step()).value(1).build()));

    assertThat(list(owner, 1)).isEmpty();
  }

  @Test
  default void feedbackBeforeItsThreadShouldBeFoundOnceTheThreadWasLoaded() {
    UserId owner = Fresh.user();
    ThreadId thread = Fresh.thread();
    give(thread, 1);
    create(owner, thread, 1);

    Await.result(store().threads().load(thread));

    assertThat(list(owner, 1)).containsExactly(thread);
  }

  @Test
  default void searchAndFeedbackShouldBothHold() {
    UserId owner = Fresh.user();
    ThreadId wanted = create(owner, 1, 1);
    create(owner, 2, 1);
    create(owner, 11);

    assertThat(readAll(owner, ThreadFilter.search("THREAD 1").withFeedback(1), 100))
        .containsExactly(wanted);
  }

  @Test
  default void pagesOfAFilteredListShouldGiveEachThreadOnceInOrder() {
    UserId owner = Fresh.user();
    List<ThreadId> liked = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      if (i % 2 == 0) {
        liked.add(create(owner, i, 1, i % 4 == 0 ? 1 : 0));
      } else {
        create(owner, i);
      }
    }

    for (int size : new int[] {1, 2, 5, 11, 12, 13, 100}) {
      assertThat(readAll(owner, ThreadFilter.all().withFeedback(1), size)).isEqualTo(liked);
    }
  }

  @Test
  default void idsLikePrefixesShouldNotMixTheLists() {
    String name = Fresh.text();
    UserId owner = UserId.of(name);
    ThreadId mine = create(owner, ThreadId.of("FEEDBACK#1#" + name), 1);
    give(mine, StepId.of("FEEDBACK#0#::STEP#" + name), 1);
    for (String other : List.of("0#" + name, "1#" + name, name + "#1", "FEEDBACK#1#" + name)) {
      create(UserId.of(other), 1, 1);
      create(UserId.of(other), 1, 0);
    }

    assertThat(list(owner, 1)).containsExactly(mine);
    assertThat(list(owner, 0)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#cursors")
  default void row12_aCursorOfNobodyShouldBeInvalidInAFilteredList(String cursor) {
    UserId owner = Fresh.user();
    create(owner, 1, 1);
    ThreadFilter liked = ThreadFilter.all().withFeedback(1);
    PageRequest request = PageRequest.first(1).after(Cursor.of(cursor));

    Await.refused(
        ErrorCode.INVALID, "cursor: ", () -> store().threads().list(owner, liked, request));
  }

  @Test
  default void row12_theCursorOfAnotherFilteredListShouldLeadNowhereElse() {
    UserId alice = Fresh.user();
    UserId mallory = Fresh.user();
    List<ThreadId> mallorys = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      create(alice, i, 1);
      mallorys.add(create(mallory, i, 1, 0));
    }
    ThreadFilter liked = ThreadFilter.all().withFeedback(1);

    for (Cursor cursor :
        List.of(
            page(alice, liked, PageRequest.first(1)).next().orElseThrow(),
            page(alice, ThreadFilter.all(), PageRequest.first(1)).next().orElseThrow(),
            page(mallory, ThreadFilter.all().withFeedback(0), PageRequest.first(1))
                .next()
                .orElseThrow())) {
      assertThat(idsOrNothing(mallory, liked, PageRequest.first(10).after(cursor)))
          .isSubsetOf(mallorys);
    }
  }

  /**
   * Creates a thread with feedbacks of these values; see {@link #create(UserId, ThreadId, int)}.
   */
  private ThreadId create(UserId owner, int age, int... feedbacks) {
    ThreadId thread = create(owner, Fresh.thread(), age);
    for (int value : feedbacks) {
      give(thread, value);
    }
    return thread;
  }

  /** Creates a thread; the larger its age, the further down in the list it is. */
  private ThreadId create(UserId owner, ThreadId id, int age) {
    Timestamp time = Timestamp.of(Instant.parse("2026-03-01T00:00:00Z").minusSeconds(age));
    return Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(id)
                        .userId(owner)
                        .name("thread " + age)
                        .createdAt(time)
                        .build()))
        .id();
  }

  /** Gives feedback on a new step. */
  private StepId give(ThreadId thread, int value) {
    StepId step = upsert(thread, Fresh.step());
    give(thread, step, value);
    return step;
  }

  private void give(ThreadId thread, StepId step, int value) {
    upsert(thread, step);
    Await.result(
        store()
            .feedback()
            .upsert(Feedback.builder().threadId(thread).stepId(step).value(value).build()));
  }

  private StepId upsert(ThreadId thread, StepId step) {
    return Await.result(store().steps().upsert(Step.assistantMessage(thread, step, "Rösti."))).id();
  }

  private void touch(ThreadId thread, String activity) {
    Await.result(store().threads().touch(thread, new Timestamp(activity)));
  }

  private List<ThreadId> list(UserId owner, int feedback) {
    return readAll(owner, ThreadFilter.all().withFeedback(feedback), 100);
  }

  private Page<ThreadSummary> page(UserId owner, ThreadFilter filter, PageRequest request) {
    return Await.result(store().threads().list(owner, filter, request));
  }

  private List<ThreadId> readAll(UserId owner, ThreadFilter filter, int size) {
    List<ThreadId> all = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(size));
    while (request.isPresent()) {
      PageRequest current = request.get();
      Page<ThreadSummary> page = page(owner, filter, current);
      page.items().forEach(item -> all.add(item.id()));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      assertThat(page.next().isEmpty() || page.items().size() == size).isTrue();
      request = page.next().map(current::after);
    }
    return all;
  }

  private List<ThreadId> idsOrNothing(UserId owner, ThreadFilter filter, PageRequest request) {
    try {
      return page(owner, filter, request).items().stream().map(ThreadSummary::id).toList();
    } catch (DataLayerException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
      return List.of();
    }
  }
}
