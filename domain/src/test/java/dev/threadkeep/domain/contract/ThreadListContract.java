package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link ThreadRepositoryContract} that is about the list of a user's threads. */
public interface ThreadListContract extends StoreContract {
  @Test
  default void listShouldBeEmptyWhenUserIsUnknown() {
    Page<ThreadSummary> page =
        Await.result(store().threads().list(Fresh.user(), PageRequest.first(100)));

    assertThat(page).isEqualTo(Page.of(List.of(), Optional.empty()));
  }

  @Test
  default void listShouldHaveTheNewestFirst() {
    UserId owner = Fresh.user();
    ThreadId second = createAt(owner, "2026-03-02T00:00:00.000000Z", "B");
    ThreadId third = createAt(owner, "2026-03-01T00:00:00.500000Z", "C");
    ThreadId first = createAt(owner, "2026-03-02T00:00:00.000001Z", "A");
    ThreadId last = createAt(owner, "2026-03-01T00:00:00+00:00", "D");

    assertThat(list(owner, 10).items())
        .containsExactly(
            summary(first, "A", "2026-03-02T00:00:00.000001Z"),
            summary(second, "B", "2026-03-02T00:00:00.000000Z"),
            summary(third, "C", "2026-03-01T00:00:00.500000Z"),
            summary(last, "D", "2026-03-01T00:00:00.000000Z"));
  }

  @Test
  default void aThreadWithoutATimeShouldBeListedAtTheTimeOfItsCreation() {
    UserId owner = Fresh.user();
    Instant before = clock().tick();
    ThreadId id = create(owner, "A");

    ThreadSummary summary = list(owner, 10).items().get(0);
    assertThat(summary.id()).isEqualTo(id);
    Stamps.assertStamped(Optional.of(summary.updatedAt()), before, clock());
  }

  @Test
  default void row6_aThreadWithoutANameShouldBeListedWithNone() {
    UserId owner = Fresh.user();
    ChatThread nameless =
        Await.result(
            store()
                .threads()
                .create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));
    clock().tick();
    ThreadId named = create(owner, "A");
    clock().tick();
    ThreadId empty = create(owner, "");
    clock().tick();
    ThreadId cleared = create(owner, "B");
    Await.result(store().threads().update(cleared, Patch.none().andClear(ThreadAttributes.NAME)));

    assertThat(list(owner, 10).items())
        .extracting(ThreadSummary::id, ThreadSummary::name)
        .containsExactly(
            tuple(cleared, Optional.empty()),
            tuple(empty, Optional.of("")),
            tuple(named, Optional.of("A")),
            tuple(nameless.id(), Optional.empty()));
  }

  @Test
  default void row7_thePageSizeAskedForShouldBeHonoured() {
    UserId owner = Fresh.user();
    createMany(owner, 5);

    assertThat(list(owner, 1).items()).hasSize(1);
    assertThat(list(owner, 4).items()).hasSize(4);
    assertThat(list(owner, 4).next()).isPresent();
    assertThat(list(owner, 5).items()).hasSize(5);
    assertThat(list(owner, 5).next()).as("nothing comes after the fifth").isEmpty();
    assertThat(list(owner, PageRequest.MAX).items()).hasSize(5);
    assertThat(list(owner, PageRequest.MAX).next()).isEmpty();
    for (int outside : new int[] {Integer.MIN_VALUE, -1, 0, 101}) {
      assertThatThrownBy(() -> PageRequest.first(outside))
          .isInstanceOf(DataLayerException.class)
          .hasMessage("first: must be within 1 and 100, is " + outside);
    }
  }

  @Test
  default void pagesShouldGiveEachThreadOnceInOrder() {
    UserId owner = Fresh.user();
    List<ThreadId> newestFirst = createMany(owner, 11);

    for (int size : new int[] {1, 2, 3, 5, 10, 11, 12}) {
      assertThat(readAll(owner, ThreadFilter.all(), size)).isEqualTo(newestFirst);
    }
  }

  @Test
  default void pagesShouldGiveEachThreadOnceWhenAllHaveTheSameTime() {
    UserId owner = Fresh.user();
    List<ThreadId> ids =
        IntStream.range(0, 7)
            .mapToObj(i -> createAt(owner, "2026-03-01T00:00:00.000000Z", "n" + i))
            .toList();

    assertThat(readAll(owner, ThreadFilter.all(), 1)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(readAll(owner, ThreadFilter.all(), 3)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  default void aCursorShouldOutliveTheThreadItCameFrom() {
    UserId owner = Fresh.user();
    List<ThreadId> ids = createMany(owner, 6);
    Page<ThreadSummary> first = list(owner, 2);
    Await.result(store().threads().delete(ids.get(1)));
    Await.result(store().threads().delete(ids.get(2)));
    clock().tick();
    create(owner, "new at the top");

    Page<ThreadSummary> second =
        Await.result(
            store().threads().list(owner, PageRequest.first(2).after(first.next().orElseThrow())));

    assertThat(second.items())
        .extracting(ThreadSummary::id)
        .containsExactly(ids.get(3), ids.get(4));
  }

  @Test
  default void listShouldHoldTheThreadsOfItsOwnerOnly() {
    String name = Fresh.text();
    UserId owner = UserId.of(name);
    ThreadId mine = create(owner, "mine");
    for (String other :
        List.of(name + "#", name + "1", "USER#" + name, name.substring(1), name + "#TS")) {
      create(UserId.of(other), "not mine");
    }

    assertThat(list(owner, 10).items()).extracting(ThreadSummary::id).containsExactly(mine);
  }

  @Test
  default void row4_aRenameShouldLeaveTheThreadInItsPlace() {
    UserId owner = Fresh.user();
    List<ThreadId> ids = createMany(owner, 3);
    Page<ThreadSummary> before = list(owner, 3);
    clock().tick();

    Await.result(store().threads().update(ids.get(2), Patch.set(ThreadAttributes.NAME, "renamed")));
    Await.result(store().threads().find(ids.get(2)));
    Await.result(store().threads().load(ids.get(2)));

    Page<ThreadSummary> after = list(owner, 3);
    assertThat(after.items()).extracting(ThreadSummary::id).containsExactlyElementsOf(ids);
    assertThat(after.items().get(2).updatedAt()).isEqualTo(before.items().get(2).updatedAt());
    assertThat(after.items().get(2).name()).contains("renamed");
  }

  @Test
  default void row4_aTouchShouldMoveTheThreadUpAndChangeNothingElse() {
    UserId owner = Fresh.user();
    ThreadId old = createAt(owner, "2026-03-01T00:00:00.000000Z", "old");
    ThreadId young = createAt(owner, "2026-03-02T00:00:00.000000Z", "young");
    Optional<ChatThread> before = Await.result(store().threads().find(old));
    clock().tick();

    touch(old, "2026-03-03T00:00:00.000000Z");

    assertThat(list(owner, 10).items())
        .containsExactly(
            summary(old, "old", "2026-03-03T00:00:00.000000Z"),
            summary(young, "young", "2026-03-02T00:00:00.000000Z"));
    assertThat(Await.result(store().threads().find(old))).isEqualTo(before);
  }

  @Test
  default void aTouchShouldNotMoveTheThreadDown() {
    UserId owner = Fresh.user();
    ThreadId thread = createAt(owner, "2026-03-02T00:00:00.000000Z", "A");

    touch(thread, "2026-03-01T00:00:00.000000Z");
    touch(thread, "2026-03-02T00:00:00.000000Z");
    touch(thread, "2026-03-02T01:00:00+02:00");

    assertThat(list(owner, 10).items())
        .containsExactly(summary(thread, "A", "2026-03-02T00:00:00.000000Z"));
  }

  @Test
  default void row4_aTouchShouldCreateNothing() {
    ThreadId unknown = Fresh.thread();
    ThreadId onlyAStep = Fresh.thread();
    ThreadId orphan = Fresh.thread();
    Await.result(
        store().steps().upsert(Step.builder().threadId(onlyAStep).id(Fresh.step()).build()));
    Await.result(store().threads().create(ChatThread.builder().id(orphan).name("A").build()));
    Optional<ChatThread> before = Await.result(store().threads().find(orphan));

    touch(unknown, "2026-03-03T00:00:00.000000Z");
    touch(onlyAStep, "2026-03-03T00:00:00.000000Z");
    touch(orphan, "2026-03-03T00:00:00.000000Z");

    assertThat(Await.result(store().threads().isTaken(unknown))).isFalse();
    assertThat(Await.result(store().threads().find(onlyAStep))).isEmpty();
    assertThat(Await.result(store().threads().find(orphan))).isEqualTo(before);
  }

  @Test
  default void deleteShouldTakeTheThreadFromTheList() {
    UserId owner = Fresh.user();
    List<ThreadId> ids = createMany(owner, 3);

    Await.result(store().threads().delete(ids.get(1)));

    assertThat(list(owner, 10).items())
        .extracting(ThreadSummary::id)
        .containsExactly(ids.get(0), ids.get(2));
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#cursors")
  default void row12_aCursorOfNobodyShouldBeInvalid(String cursor) {
    UserId owner = Fresh.user();
    create(owner, "A");
    PageRequest page = PageRequest.first(10).after(Cursor.of(cursor));

    assertThat(Await.failure(() -> store().threads().list(owner, page)).code())
        .isEqualTo(ErrorCode.INVALID);
    assertThat(
            Await.failure(() -> store().threads().list(owner, ThreadFilter.search("a"), page))
                .code())
        .isEqualTo(ErrorCode.INVALID);
  }

  @Test
  default void row12_theCursorOfAnotherListShouldLeadNowhereElse() {
    UserId alice = Fresh.user();
    UserId mallory = Fresh.user();
    createMany(alice, 3);
    List<ThreadId> mallorys = createMany(mallory, 3);
    ThreadId thread = createMany(Fresh.user(), 1).get(0);
    for (int i = 0; i < 3; i++) {
      Await.result(
          store().steps().upsert(Step.builder().threadId(thread).id(Fresh.step()).build()));
    }
    Cursor ofAlice = list(alice, 1).next().orElseThrow();
    Cursor ofSteps =
        Await.result(store().steps().list(thread, PageRequest.first(1))).next().orElseThrow();
    String text = ofAlice.value();

    for (Cursor cursor :
        List.of(
            ofAlice,
            ofSteps,
            Cursor.of(text.substring(1)),
            Cursor.of(text.substring(0, text.length() - 1)),
            Cursor.of(text + text),
            Cursor.of(text.toLowerCase(Locale.ROOT)))) {
      assertThat(itemsOrRefused(mallory, cursor)).isSubsetOf(mallorys);
    }
  }

  @Test
  default void row16_aThreadNamedLikeAPrefixShouldKeepItsWholeId() {
    UserId owner = Fresh.user();
    List<ThreadId> ids =
        List.of("TEAM-", "THREAD", "DATE#", "STEP#", "USER#", "#", "THREAD#THREAD#").stream()
            .map(prefix -> ThreadId.of(prefix + Fresh.text()))
            .toList();
    ids.forEach(
        id ->
            Await.result(
                store().threads().create(ChatThread.builder().id(id).userId(owner).build())));

    assertThat(list(owner, 10).items())
        .extracting(ThreadSummary::id)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  default void row9_searchShouldFoldCase() {
    UserId owner = Fresh.user();
    ThreadId street = create(owner, "Plan: die STRASSE nach Zürich");
    ThreadId greek = create(owner, "ΟΔΥΣΣΕΥΣ und die Sirenen");
    ThreadId city = create(owner, "İstanbul");
    ThreadId wide = create(owner, "ＡＢＣ 100% sure_thing \\ 'quoted' \"x\"");
    create(owner, "");
    Await.result(
        store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));

    assertThat(search(owner, "straße")).containsExactly(street);
    assertThat(search(owner, "zu\u0308RICH")).containsExactly(street);
    assertThat(search(owner, "ΟΔΥΣ")).containsExactly(greek);
    assertThat(search(owner, "οδυσσευς")).containsExactly(greek);
    assertThat(search(owner, "οδυσσευσ")).containsExactly(greek);
    assertThat(search(owner, "istanbul")).containsExactly(city);
    assertThat(search(owner, "abc")).containsExactly(wide);
    assertThat(search(owner, "%")).containsExactly(wide);
    assertThat(search(owner, "_")).containsExactly(wide);
    assertThat(search(owner, "\\")).containsExactly(wide);
    assertThat(search(owner, "'QUOTED' \"")).containsExactly(wide);
    assertThat(search(owner, "die")).containsExactlyInAnyOrder(street, greek);
    assertThat(search(owner, "nowhere")).isEmpty();
    assertThat(search(owner, ".*")).isEmpty();
    assertThat(search(owner, "\u0000")).isEmpty();
    assertThat(search(owner, "")).hasSize(6);
  }

  @Test
  default void row8_searchShouldReadOnUntilThePageIsFullOrTheListEnds() {
    UserId owner = Fresh.user();
    int count = 1_010;
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    List<Supplier<CompletionStage<ChatThread>>> creates =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    ChatThread.builder()
                        .id(Fresh.thread())
                        .userId(owner)
                        .name(i % 200 == 9 ? "a Needle " + i : "hay " + i)
                        .createdAt(Timestamp.of(start.minusSeconds(i)))
                        .build())
            .<Supplier<CompletionStage<ChatThread>>>map(
                thread -> () -> store().threads().create(thread))
            .toList();
    List<ThreadId> ids = Await.all(creates).stream().map(ChatThread::id).toList();
    List<ThreadId> needles =
        List.of(ids.get(9), ids.get(209), ids.get(409), ids.get(609), ids.get(809), ids.get(1009));

    for (int size : new int[] {1, 2, 3, 6, 100}) {
      assertThat(readAll(owner, ThreadFilter.search("NEEDLE"), size)).isEqualTo(needles);
    }
    Page<ThreadSummary> first =
        Await.result(
            store().threads().list(owner, ThreadFilter.search("needle"), PageRequest.first(4)));
    assertThat(first.items())
        .as("four lie within the budget")
        .extracting(ThreadSummary::id)
        .isEqualTo(needles.subList(0, 4));
    assertThat(readAll(owner, ThreadFilter.search("nothing like it"), 10)).isEmpty();
    assertThat(readAll(owner, ThreadFilter.search("hay"), 100)).hasSize(count - needles.size());
    assertThat(readAll(owner, ThreadFilter.all(), 100)).isEqualTo(ids);
  }

  @Test
  default void searchShouldSayThatNothingElseMatches() {
    UserId owner = Fresh.user();
    List<ThreadId> needles = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      clock().tick();
      ThreadId id = create(owner, i % 8 == 7 ? "needle" : "hay");
      if (i % 8 == 7) {
        needles.add(0, id);
      }
    }

    Page<ThreadSummary> page =
        Await.result(
            store().threads().list(owner, ThreadFilter.search("needle"), PageRequest.first(3)));

    assertThat(page.items()).extracting(ThreadSummary::id).isEqualTo(needles);
    assertThat(page.next()).isEmpty();
    assertThat(page.stoppedAtBudget()).isFalse();
  }

  private ThreadId create(UserId owner, String name) {
    return Await.result(
            store()
                .threads()
                .create(ChatThread.builder().id(Fresh.thread()).userId(owner).name(name).build()))
        .id();
  }

  private ThreadId createAt(UserId owner, String createdAt, String name) {
    return Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(Fresh.thread())
                        .userId(owner)
                        .name(name)
                        .createdAt(new Timestamp(createdAt))
                        .build()))
        .id();
  }

  /** So many threads of distinct times, given with the newest first. */
  private List<ThreadId> createMany(UserId owner, int count) {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    return IntStream.range(0, count)
        .mapToObj(i -> createAt(owner, start.minusSeconds(i).toString(), "thread " + i))
        .toList();
  }

  private void touch(ThreadId thread, String activity) {
    Await.result(store().threads().touch(thread, new Timestamp(activity)));
  }

  private Page<ThreadSummary> list(UserId owner, int first) {
    return Await.result(store().threads().list(owner, PageRequest.first(first)));
  }

  private List<ThreadId> search(UserId owner, String text) {
    return readAll(owner, ThreadFilter.search(text), 100);
  }

  /** All pages, each checked for saying rightly whether there is another. */
  private List<ThreadId> readAll(UserId owner, ThreadFilter filter, int size) {
    List<ThreadId> all = new ArrayList<>();
    PageRequest request = PageRequest.first(size);
    while (true) {
      Page<ThreadSummary> page = Await.result(store().threads().list(owner, filter, request));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      page.items().forEach(item -> all.add(item.id()));
      if (page.next().isEmpty()) {
        assertThat(page.stoppedAtBudget()).isFalse();
        return all;
      }
      assertThat(page.stoppedAtBudget() || page.items().size() == size).isTrue();
      assertThat(all).doesNotHaveDuplicates();
      Page<ThreadSummary> next =
          Await.result(store().threads().list(owner, filter, request.after(page.next().get())));
      assertThat(next.items().isEmpty() && !page.stoppedAtBudget())
          .as("a cursor means another item")
          .isFalse();
      request = request.after(page.next().get());
    }
  }

  private List<ThreadId> itemsOrRefused(UserId owner, Cursor cursor) {
    try {
      return Await.result(store().threads().list(owner, PageRequest.first(10).after(cursor)))
          .items()
          .stream()
          .map(ThreadSummary::id)
          .toList();
    } catch (DataLayerException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
      return List.of();
    }
  }

  private static ThreadSummary summary(ThreadId id, String name, String updatedAt) {
    return new ThreadSummary(id, Optional.of(name), new Timestamp(updatedAt));
  }
}
