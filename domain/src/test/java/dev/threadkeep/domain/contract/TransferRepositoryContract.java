package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.StoredItem.OfElement;
import dev.threadkeep.domain.StoredItem.OfStep;
import dev.threadkeep.domain.StoredItem.OfThread;
import dev.threadkeep.domain.StoredItem.OfUser;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/** What every {@link dev.threadkeep.domain.port.TransferRepository} tells and writes. */
public interface TransferRepositoryContract extends StoreContract {
  /** Written by nobody in these tests but with {@code restore}. */
  Timestamp OLD = new Timestamp("2025-01-01T00:00:00.000000Z");

  @Test
  default void usersShouldBeAllOfThem() {
    List<User> users = new ArrayList<>();
    Hostile.ids()
        .map(Named::getPayload)
        .filter(id -> id.length() < 60)
        .forEach(id -> users.add(user(UserId.of(id + Fresh.text()))));
    IntStream.range(0, 150).forEach(i -> users.add(user(Fresh.user())));
    thread(Fresh.user());

    List<User> found = allUsers();

    assertThat(found).containsAll(users).doesNotHaveDuplicates();
    assertThat(found).hasSameSizeAs(found.stream().map(User::id).distinct().toList());
    assertThat(Await.result(store().transfer().user(users.get(0).id()))).contains(users.get(0));
    assertThat(Await.result(store().transfer().user(Fresh.user()))).isEmpty();
  }

  @Test
  default void cursorsOfNoListShouldBeRefused() {
    Optional<Cursor> none = Optional.of(Cursor.of("no cursor"));
    ThreadId thread = thread(Fresh.user()).id();

    Await.refused(ErrorCode.INVALID, "cursor: ", () -> store().transfer().users(none));
    Await.refused(ErrorCode.INVALID, "cursor: ", () -> store().transfer().contents(thread, none));
  }

  @Test
  default void contentsShouldBeTheThreadFirstAndAllThatBelongsToIt() {
    UserId owner = Fresh.user();
    ChatThread thread = thread(owner);
    Step step = step(thread.id(), "s", "x".repeat(500_000));
    Element element = element(thread.id(), "e");
    Timestamp rated = Timestamp.of(clock().tick());
    Await.result(store().threads().touch(thread.id(), rated));
    Feedback feedback = feedback(step, 1);
    Await.result(store().feedback().upsert(feedback));
    Timestamp active = Timestamp.of(clock().tick());
    Await.result(store().threads().touch(thread.id(), active));

    List<StoredItem> contents = contents(thread.id());

    assertThat(contents).first().isEqualTo(new OfThread(thread, Optional.of(active)));
    assertThat(contents)
        .hasSize(3)
        .contains(
            new OfStep(Step.builder().from(step).feedback(feedback).build(), Optional.of(rated)))
        .contains(new OfElement(element));
  }

  @Test
  default void whatIsInNoListShouldHaveNoPlace() {
    ChatThread thread =
        Await.result(store().threads().create(ChatThread.builder().id(Fresh.thread()).build()));
    Step step = step(thread.id(), "s", "x");
    Await.result(store().feedback().upsert(feedback(step, 0)));
    ThreadId none = Fresh.thread();
    Step orphan = step(none, "s", "x");
    Await.result(store().feedback().upsert(feedback(orphan, 0)));

    assertThat(contents(thread.id()))
        .containsExactly(
            new OfThread(thread, Optional.empty()),
            new OfStep(
                Step.builder().from(step).feedback(feedback(step, 0)).build(), Optional.empty()));
    assertThat(contents(none))
        .containsExactly(
            new OfStep(
                Step.builder().from(orphan).feedback(feedback(orphan, 0)).build(),
                Optional.empty()));
    assertThat(contents(Fresh.thread())).isEmpty();
  }

  @Test
  default void contentsShouldReadOnToTheEnd() {
    ChatThread thread = thread(Fresh.user());
    List<Supplier<CompletionStage<Step>>> writes = new ArrayList<>();
    IntStream.range(0, 40)
        .forEach(i -> writes.add(() -> store().steps().upsert(large(thread.id(), "large-" + i))));
    Hostile.ids()
        .map(Named::getPayload)
        .filter(id -> id.length() < 60)
        .forEach(
            id ->
                writes.add(
                    () ->
                        store()
                            .steps()
                            .upsert(Step.userMessage(thread.id(), StepId.of(id), "text"))));
    List<StoredItem> all = new ArrayList<>();
    Await.all(writes).forEach(step -> all.add(new OfStep(step, Optional.empty())));
    IntStream.range(0, 150)
        .forEach(i -> all.add(new OfElement(element(thread.id(), "element-" + i))));

    List<StoredItem> contents = contents(thread.id());

    assertThat(contents).first().isInstanceOf(OfThread.class);
    assertThat(contents.subList(1, contents.size())).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  default void restoreShouldWriteAThreadAsItIs() {
    UserId owner = Fresh.user();
    OfThread foreign =
        new OfThread(
            ChatThread.builder()
                .id(Fresh.thread())
                .userId(owner)
                .name("x".repeat(3_000)) // longer than a caller may make it
                .createdAt(new Timestamp("2020-01-01T00:00:00Z"))
                .updatedAt(new Timestamp("2020-02-01T00:00:00+01:00"))
                .metadata(JsonObject.of("n", JsonValue.of(new BigDecimal("1.10"))))
                .other(JsonObject.of("later", JsonValue.of("kept")))
                .build(),
            Optional.of(new Timestamp("2021-01-01T00:00:00.000000Z")));
    ChatThread below = thread(owner);
    OfThread above =
        new OfThread(
            ChatThread.builder().id(Fresh.thread()).userId(owner).createdAt(OLD).build(),
            Optional.of(new Timestamp("2030-01-01T00:00:00.000000Z")));

    assertThat(restore(foreign)).isTrue();
    assertThat(restore(above)).isTrue();

    assertThat(contents(foreign.thread().id())).containsExactly(foreign);
    assertThat(contents(above.thread().id())).containsExactly(above);
    assertThat(list(owner, ThreadFilter.all()))
        .containsExactly(above.thread().id(), below.id(), foreign.thread().id());
    assertThat(Await.result(store().threads().findAuthor(foreign.thread().id()))).contains(owner);
  }

  @Test
  default void restoreShouldKeepTheEndOfAThread() {
    OfThread ending =
        new OfThread(
            ChatThread.builder()
                .id(Fresh.thread())
                .createdAt(OLD)
                .expiresAt(Instant.parse("2040-01-01T00:00:00Z"))
                .build(),
            Optional.empty());

    assertThat(restore(ending)).isTrue();

    assertThat(contents(ending.thread().id())).containsExactly(ending);
  }

  @Test
  default void restoreShouldWriteStepsWithTheirFeedbackAndPutThemIntoLists() {
    UserId owner = Fresh.user();
    OfThread early = restored(owner, "2026-01-01T00:00:00.000000Z");
    OfThread late = restored(owner, "2026-01-02T00:00:00.000000Z");
    OfStep ratedLater = rated(early, "2026-01-03T00:00:00.000000Z");
    OfStep ratedBefore = rated(late, "2025-01-03T00:00:00.000000Z");

    assertThat(restore(ratedLater)).isTrue();
    assertThat(restore(ratedBefore)).isTrue();

    assertThat(contents(early.thread().id())).containsExactly(early, ratedLater);
    assertThat(contents(late.thread().id())).containsExactly(late, ratedBefore);
    assertThat(list(owner, ThreadFilter.all()))
        .containsExactly(late.thread().id(), early.thread().id());
    assertThat(list(owner, ThreadFilter.all().withFeedback(1)))
        .containsExactly(early.thread().id(), late.thread().id());
    assertThat(Await.result(store().steps().listFavorites(owner)))
        .containsExactlyInAnyOrder(ratedLater.step(), ratedBefore.step());
  }

  @Test
  default void restoreShouldKeepLargeStepsAndWhatIsEmpty() {
    ThreadId thread = Fresh.thread();
    OfStep step =
        new OfStep(
            Step.builder()
                .from(large(thread, "s"))
                .input("")
                .metadata(JsonObject.of("null", JsonValue.Null.NULL))
                .tags(List.of())
                .createdAt(new Timestamp("no time at all"))
                .build(),
            Optional.empty());
    OfElement element =
        new OfElement(
            Element.builder()
                .threadId(thread)
                .id(ElementId.of("e"))
                .stepId(StepId.of("s"))
                .name("")
                .objectKey(BlobKey.of("u/t/e"))
                .build());

    assertThat(restore(step)).isTrue();
    assertThat(restore(element)).isTrue();

    assertThat(contents(thread)).containsExactly(step, element);
    assertThat(Await.result(store().steps().find(thread, step.step().id()))).contains(step.step());
    assertThat(Await.result(store().elements().listOfStep(thread, step.step().id())))
        .containsExactly(element.element());
    assertThat(Await.result(store().maintenance().filesOf(thread)).orElseThrow())
        .contains(BlobKey.of("u/t/e"));
  }

  @Test
  default void restoreShouldWriteAUserAsItIs() {
    User user =
        User.builder()
            .id(Fresh.user())
            .createdAt(new Timestamp("2020-01-01T00:00:00Z"))
            .updatedAt(new Timestamp("2020-01-02T00:00:00Z"))
            .metadata(JsonObject.of("role", JsonValue.of("admin")))
            .other(JsonObject.of("later", JsonValue.of("kept")))
            .build();

    assertThat(restore(new OfUser(user))).isTrue();

    assertThat(Await.result(store().transfer().user(user.id()))).contains(user);
    assertThat(Await.result(store().users().find(user.id()))).contains(user);
  }

  @Test
  default void restoreShouldChangeNothingThatIsThere() {
    UserId owner = Fresh.user();
    User user = user(owner);
    ChatThread thread = thread(owner);
    Step step = step(thread.id(), "s", "kept");
    Element element = element(thread.id(), "e");
    List<StoredItem> before = contents(thread.id());

    OfThread otherThread =
        new OfThread(
            ChatThread.builder().from(thread).name("other").build(),
            Optional.of(new Timestamp("2030-01-01T00:00:00.000000Z")));
    assertThat(restore(new OfUser(User.builder().id(owner).build()))).isFalse();
    assertThat(restore(otherThread)).isFalse();
    assertThat(restore(new OfStep(large(thread.id(), "s"), Optional.empty()))).isFalse();
    assertThat(restore(new OfStep(step, Optional.empty()))).isFalse();
    assertThat(restore(new OfElement(Element.builder().from(element).name("other").build())))
        .isFalse();

    assertThat(contents(thread.id())).isEqualTo(before);
    assertThat(Await.result(store().users().find(owner))).contains(user);
  }

  @Test
  default void restoreShouldGiveAThreadToStepsThatAreThere() {
    UserId owner = Fresh.user();
    ThreadId thread = Fresh.thread();
    Step step = step(thread, "s", "text");
    OfThread late =
        new OfThread(
            ChatThread.builder().id(thread).userId(owner).createdAt(OLD).build(),
            Optional.of(new Timestamp("2026-01-01T00:00:00.000000Z")));

    assertThat(restore(late)).isTrue();

    assertThat(contents(thread)).containsExactly(late, new OfStep(step, Optional.empty()));
  }

  @Test
  default void whatWasRestoredShouldBeAsAnythingElse() {
    OfThread thread = restored(Fresh.user(), "2026-01-01T00:00:00.000000Z");
    OfStep step = rated(thread, "2026-01-01T00:00:00.000000Z");
    restore(step);
    restore(new OfStep(large(thread.thread().id(), "large"), Optional.empty()));

    assertThat(
            Await.result(
                    store()
                        .threads()
                        .update(
                            thread.thread().id(),
                            new Patch(JsonObject.of("name", JsonValue.of("new")))))
                .name())
        .contains("new");
    assertThat(Await.result(store().feedback().delete(thread.thread().id(), step.step().id())))
        .isNull();
    Deletion deletion = Await.result(store().threads().delete(thread.thread().id()));
    assertThat(deletion.items()).isEqualTo(3);
    assertThat(contents(thread.thread().id())).isEmpty();
  }

  @Test
  default void whatIsUnreadableShouldNotBeRestored() {
    Await.refused(
        ErrorCode.INVALID,
        "",
        () -> store().transfer().restore(new StoredItem.Unreadable("step s", "broken")));
  }

  private boolean restore(StoredItem item) {
    return Await.result(store().transfer().restore(item));
  }

  private OfThread restored(UserId owner, String place) {
    OfThread thread =
        new OfThread(
            ChatThread.builder().id(Fresh.thread()).userId(owner).createdAt(OLD).build(),
            Optional.of(new Timestamp(place)));
    assertThat(restore(thread)).isTrue();
    return thread;
  }

  private static OfStep rated(OfThread thread, String place) {
    Step step =
        Step.builder()
            .createdAt(OLD)
            .from(Step.assistantMessage(thread.thread().id(), Fresh.step(), "text"))
            .metadata(JsonObject.of(Step.FAVORITE, JsonValue.of(true)))
            .build();
    return new OfStep(
        Step.builder().from(step).feedback(feedback(step, 1)).build(),
        Optional.of(new Timestamp(place)));
  }

  private static Feedback feedback(Step step, int value) {
    return Feedback.builder()
        .threadId(step.threadId())
        .stepId(step.id())
        .value(value)
        .comment("why")
        .build();
  }

  private static Step large(ThreadId thread, String id) {
    return Step.builder()
        .threadId(thread)
        .id(StepId.of(id))
        .output("ü".repeat(250_000))
        .createdAt(OLD)
        .build();
  }

  private User user(UserId id) {
    return Await.result(
        store()
            .users()
            .upsert(User.builder().id(id).metadata(JsonObject.of("n", JsonValue.of(1))).build()));
  }

  private ChatThread thread(UserId owner) {
    return Await.result(
        store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));
  }

  private Step step(ThreadId thread, String id, String output) {
    return Await.result(
        store().steps().upsert(Step.assistantMessage(thread, StepId.of(id), output)));
  }

  private Element element(ThreadId thread, String id) {
    return Await.result(
        store()
            .elements()
            .upsert(
                Element.builder()
                    .threadId(thread)
                    .id(ElementId.of(id))
                    .objectKey(BlobKey.of("u/t/" + id))
                    .build()));
  }

  private List<ThreadId> list(UserId owner, ThreadFilter filter) {
    return Await.result(store().threads().list(owner, filter, PageRequest.first(100)))
        .items()
        .stream()
        .map(ThreadSummary::id)
        .toList();
  }

  private List<User> allUsers() {
    return Await.pages(after -> store().transfer().users(after));
  }

  private List<StoredItem> contents(ThreadId thread) {
    return Await.pages(after -> store().transfer().contents(thread, after));
  }
}
