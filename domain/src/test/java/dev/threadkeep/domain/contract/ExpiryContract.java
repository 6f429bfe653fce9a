package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every store does about threads whose time comes to an end; it was told that there are such.
 */
public interface ExpiryContract extends StoreContract {
  /** How long the threads of these tests last. */
  Duration SPAN = Duration.ofMinutes(10);

  @Test
  default void expiresAtShouldBeKeptInWholeSeconds() {
    ThreadId id = Fresh.thread();
    Instant end = Instant.parse("2031-02-03T04:05:06.789Z");
    Instant kept = Instant.parse("2031-02-03T04:05:06Z");

    ChatThread created =
        Await.result(store().threads().create(ChatThread.builder().id(id).expiresAt(end).build()));

    assertThat(created.expiresAt()).contains(kept);
    assertThat(found(id).orElseThrow()).isEqualTo(created);
    assertThat(created.other().members()).isEmpty();
    assertThat(Await.result(store().threads().findAll(List.of(id)))).containsExactly(created);
    assertThat(Await.result(store().threads().load(id)).orElseThrow().thread()).isEqualTo(created);
  }

  @Test
  default void updateShouldSetChangeAndClearExpiresAt() {
    ThreadId id = thread(Fresh.user(), Optional.empty());
    JsonObject given = JsonObject.of("expiresAt", JsonValue.of("2031-02-03T06:05:06.789+02:00"));

    assertThat(Await.result(store().threads().update(id, new Patch(given))).expiresAt())
        .contains(Instant.parse("2031-02-03T04:05:06Z"));
    assertThat(found(id).orElseThrow().expiresAt()).contains(Instant.parse("2031-02-03T04:05:06Z"));
    assertThat(update(id, Patch.set(ThreadAttributes.NAME, "B")).expiresAt())
        .contains(Instant.parse("2031-02-03T04:05:06Z"));
    Instant later = Instant.parse("2032-01-01T00:00:00Z");
    assertThat(update(id, Patch.set(ThreadAttributes.EXPIRES_AT, later)).expiresAt())
        .contains(later);
    assertThat(update(id, Patch.none().andClear(ThreadAttributes.EXPIRES_AT)).expiresAt())
        .isEmpty();
    assertThat(found(id).orElseThrow().expiresAt()).isEmpty();
  }

  @Test
  default void expiresAtThatIsNoTimeShouldBeRefused() {
    ThreadId id = thread(Fresh.user(), Optional.empty());

    for (JsonValue wrong : List.of(JsonValue.of("soon"), JsonValue.of(1), JsonValue.of(""))) {
      Await.refused(
          ErrorCode.INVALID,
          "expiresAt: must be a time (ISO 8601)",
          () -> store().threads().update(id, new Patch(JsonObject.of("expiresAt", wrong))));
    }
    Await.refused(
        ErrorCode.INVALID,
        "expiresAt: must be a time",
        () ->
            store()
                .threads()
                .create(ChatThread.builder().id(Fresh.thread()).expiresAt(Instant.MAX).build()));
  }

  @Test
  default void aThreadShouldBeThereUntilItsTimeAndNotAnInstantLonger() {
    UserId owner = Fresh.user();
    ThreadId id = thread(owner, Optional.of(end()));
    ThreadId other = thread(owner, Optional.empty());
    clock().advance(Duration.between(clock().instant(), end(id)).minusSeconds(1));

    assertThat(found(id)).isPresent();
    assertThat(Await.result(store().threads().isExpired(id))).isFalse();
    assertThat(listed(owner)).containsExactlyInAnyOrder(id, other);

    clock().advance(Duration.ofSeconds(1));

    assertThat(found(id)).isEmpty();
    assertThat(Await.result(store().threads().isExpired(id))).isTrue();
    assertThat(listed(owner)).containsExactly(other);
  }

  @Test
  default void anExpiredThreadShouldBeAsIfItWereNotThere() {
    ThreadId id = expired(Fresh.user());

    assertThat(found(id)).isEmpty();
    assertThat(Await.result(store().threads().findAuthor(id))).isEmpty();
    assertThat(Await.result(store().threads().load(id))).isEmpty();
    assertThat(Await.result(store().threads().findAll(List.of(id)))).isEmpty();
    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + id + " not found",
        () -> store().threads().update(id, Patch.set(ThreadAttributes.NAME, "B")));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + id + " not found",
        () -> store().threads().update(id, Patch.none()));
  }

  @Test
  default void nothingShouldBringAnExpiredThreadBack() {
    UserId owner = Fresh.user();
    ThreadId id = expired(owner);

    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + id + " not found",
        () -> store().threads().update(id, Patch.none().andClear(ThreadAttributes.EXPIRES_AT)));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + id + " not found",
        () ->
            store()
                .threads()
                .update(
                    id,
                    Patch.set(ThreadAttributes.EXPIRES_AT, Instant.parse("2050-01-01T00:00:00Z"))
                        .and(ThreadAttributes.METADATA, JsonObject.of("a", JsonValue.of(true)))));
    Await.result(store().threads().touch(id, Timestamp.of(clock().tick())));
    Await.result(store().steps().upsert(Step.userMessage(id, Fresh.step(), "late")));

    assertThat(found(id)).isEmpty();
    assertThat(listed(owner)).isEmpty();
    assertThat(Await.result(store().threads().isExpired(id))).isTrue();
  }

  @Test
  default void theIdOfAnExpiredThreadShouldStayTakenUntilItIsRemoved() {
    ThreadId id = expired(Fresh.user());
    Step left = Await.result(store().steps().upsert(Step.userMessage(id, Fresh.step(), "secret")));

    assertThat(Await.result(store().threads().isTaken(id))).isTrue();
    Await.refused(
        ErrorCode.ALREADY_EXISTS,
        "thread " + id + " already exists",
        () -> store().threads().create(ChatThread.builder().id(id).userId(Fresh.user()).build()));

    Deletion deletion = Await.result(store().threads().delete(id));

    assertThat(deletion.items()).isEqualTo(2);
    assertThat(Await.result(store().threads().isTaken(id))).isFalse();
    assertThat(Await.result(store().threads().isExpired(id))).isFalse();
    Await.result(store().threads().create(ChatThread.builder().id(id).build()));
    assertThat(Await.result(store().threads().load(id)).orElseThrow().steps())
        .doesNotContain(left)
        .isEmpty();
  }

  @Test
  default void anExpiredThreadWithoutAnOwnerShouldNotBeCompleted() {
    ThreadId id = Fresh.thread();
    Timestamp createdAt = Timestamp.of(clock().instant());
    ChatThread thread = ChatThread.builder().id(id).createdAt(createdAt).expiresAt(end()).build();
    Await.result(store().threads().create(thread));
    clock().advance(SPAN);

    Await.refused(
        ErrorCode.ALREADY_EXISTS,
        "thread " + id + " already exists",
        () -> store().threads().create(ChatThread.builder().id(id).userId(Fresh.user()).build()));
    Await.refused(
        ErrorCode.ALREADY_EXISTS,
        "thread " + id + " already exists",
        () -> store().threads().create(thread));
    assertThat(found(id)).isEmpty();
  }

  @Test
  default void whatIsNotThereShouldNotHaveExpired() {
    ThreadId orphans = Fresh.thread();
    Await.result(store().steps().upsert(Step.userMessage(orphans, Fresh.step(), "early")));

    assertThat(Await.result(store().threads().isExpired(orphans))).isFalse();
    assertThat(Await.result(store().threads().isExpired(Fresh.thread()))).isFalse();
    assertThat(Await.result(store().threads().isExpired(thread(Fresh.user(), Optional.empty()))))
        .isFalse();
  }

  @Test
  default void pagesShouldBeFullWithoutExpiredThreads() {
    UserId owner = Fresh.user();
    List<ThreadId> staying = new ArrayList<>();
    IntStream.range(0, 25)
        .forEach(
            i -> {
              clock().tick();
              boolean stays = i % 5 == 0;
              ThreadId id = thread(owner, stays ? Optional.empty() : Optional.of(end()));
              if (stays) {
                staying.add(0, id);
              }
            });
    clock().advance(SPAN);

    Page<ThreadSummary> first = list(owner, ThreadFilter.all(), PageRequest.first(2));
    Page<ThreadSummary> second =
        list(owner, ThreadFilter.all(), PageRequest.first(2).after(first.next().orElseThrow()));
    Page<ThreadSummary> third =
        list(owner, ThreadFilter.all(), PageRequest.first(2).after(second.next().orElseThrow()));

    assertThat(ids(first)).isEqualTo(staying.subList(0, 2));
    assertThat(ids(second)).isEqualTo(staying.subList(2, 4));
    assertThat(ids(third)).isEqualTo(staying.subList(4, 5));
    assertThat(third.next()).isEmpty();
    assertThat(ids(list(owner, ThreadFilter.search("trip"), PageRequest.first(100))))
        .isEqualTo(staying);
  }

  @Test
  default void whoeverRemovesThemShouldFindExpiredThreads() {
    UserId owner = Fresh.user();
    ThreadId over = expired(owner);
    ThreadFilter all = ThreadFilter.all().withExpired();

    assertThat(listed(owner)).isEmpty();
    assertThat(ids(list(owner, all, PageRequest.first(10)))).containsExactly(over);
  }

  @Test
  default void feedbackListsAndFavoritesShouldLeaveOutExpiredThreads() {
    UserId owner = Fresh.user();
    ThreadId ends = thread(owner, Optional.of(end()));
    ThreadId stays = thread(owner, Optional.empty());
    liked(ends);
    Step favorite = liked(stays);
    ThreadFilter withFeedback = ThreadFilter.all().withFeedback(1);

    assertThat(ids(list(owner, withFeedback, PageRequest.first(10)))).hasSize(2);
    assertThat(Await.result(store().steps().listFavorites(owner))).hasSize(2);

    clock().advance(SPAN);

    assertThat(ids(list(owner, withFeedback, PageRequest.first(10)))).containsExactly(stays);
    assertThat(Await.result(store().steps().listFavorites(owner)))
        .singleElement()
        .satisfies(it -> assertThat(it.id()).isEqualTo(favorite.id()));
  }

  @Test
  default void theInventoryShouldTellWhoseTimeIsOver() {
    ThreadId ends = expired(Fresh.user());
    ThreadId later = thread(Fresh.user(), Optional.of(end()));
    ThreadId stays = thread(Fresh.user(), Optional.empty());
    ThreadId orphans = Fresh.thread();
    Await.result(store().steps().upsert(Step.userMessage(orphans, Fresh.step(), "early")));

    List<ThreadId> expired =
        Await.pages(store().maintenance()::inventory).stream()
            .filter(ThreadInventory::isExpired)
            .map(ThreadInventory::id)
            .toList();

    assertThat(expired).contains(ends).doesNotContain(later, stays, orphans);
  }

  private Instant end() {
    return clock().instant().plus(SPAN).truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant end(ThreadId id) {
    return found(id).orElseThrow().expiresAt().orElseThrow();
  }

  private ThreadId thread(UserId owner, Optional<Instant> end) {
    ThreadId id = Fresh.thread();
    Await.result(
        store()
            .threads()
            .create(ChatThread.builder().id(id).userId(owner).name("Trip").expiresAt(end).build()));
    return id;
  }

  private ThreadId expired(UserId owner) {
    ThreadId id = thread(owner, Optional.of(end()));
    clock().advance(SPAN);
    return id;
  }

  /** A step with a feedback, and a favourite. */
  private Step liked(ThreadId thread) {
    Step step = Await.result(store().steps().upsert(Step.userMessage(thread, Fresh.step(), "A")));
    Await.result(
        store()
            .feedback()
            .upsert(Feedback.builder().threadId(thread).stepId(step.id()).value(1).build()));
    return Await.result(
        store()
            .steps()
            .update(
                thread,
                step.id(),
                Patch.set(
                    StepAttributes.METADATA, JsonObject.of(Step.FAVORITE, JsonValue.of(true)))));
  }

  private Optional<ChatThread> found(ThreadId id) {
    return Await.result(store().threads().find(id));
  }

  private ChatThread update(ThreadId id, Patch patch) {
    return Await.result(store().threads().update(id, patch));
  }

  private Page<ThreadSummary> list(UserId owner, ThreadFilter filter, PageRequest page) {
    return Await.result(store().threads().list(owner, filter, page));
  }

  private List<ThreadId> listed(UserId owner) {
    return ids(list(owner, ThreadFilter.all(), PageRequest.first(100)));
  }

  private static List<ThreadId> ids(Page<ThreadSummary> page) {
    return page.items().stream().map(ThreadSummary::id).toList();
  }
}
