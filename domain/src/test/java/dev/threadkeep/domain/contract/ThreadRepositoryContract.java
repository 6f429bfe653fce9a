package dev.threadkeep.domain.contract;

import static dev.threadkeep.domain.contract.Stamps.assertStamped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link dev.threadkeep.domain.port.ThreadRepository} does: here with single threads, in
 * the other interfaces with lists of them and with all that belongs to one.
 */
public interface ThreadRepositoryContract
    extends ThreadListContract, FeedbackListContract, ConversationContract {
  @Test
  default void findShouldBeEmptyWhenThreadIsUnknown() {
    assertThat(Await.result(store().threads().find(Fresh.thread()))).isEmpty();
  }

  @Test
  default void createShouldStoreTheThreadAndGiveIt() {
    ChatThread thread =
        ChatThread.builder()
            .id(Fresh.thread())
            .userId(Fresh.user())
            .name("Trip")
            .tags(List.of("demo", "übung", ""))
            .metadata(JsonObject.of("profile", JsonValue.of("gpt")))
            .createdAt(new Timestamp("2026-03-01T00:00:42.993908Z"))
            .other(JsonObject.of("future", JsonValue.of(7)))
            .build();
    Instant before = clock().tick();

    ChatThread stored = Await.result(store().threads().create(thread));

    assertThat(stored.name()).contains("Trip");
    assertThat(stored.userId()).isEqualTo(thread.userId());
    assertThat(stored.tags()).isEqualTo(thread.tags());
    assertThat(stored.metadata()).isEqualTo(thread.metadata());
    assertThat(stored.createdAt()).isEqualTo(thread.createdAt());
    assertStamped(stored.updatedAt(), before, clock());
    assertThat(Unknown.of(ThreadAttributes.SCHEMA, stored)).isEqualTo(thread.other());
    assertThat(Await.result(store().threads().find(thread.id()))).contains(stored);
  }

  @Test
  default void row5_createShouldStampUtc() {
    Instant before = clock().tick();
    assertStamped(create(Fresh.user()).createdAt(), before, clock());

    ChatThread given =
        ChatThread.builder()
            .id(Fresh.thread())
            .userId(Fresh.user())
            .createdAt(new Timestamp("2026-03-01T02:00:00+02:00"))
            .build();
    assertThat(Await.result(store().threads().create(given)).createdAt())
        .contains(new Timestamp("2026-03-01T00:00:00.000000Z"));
  }

  @Test
  default void createShouldKeepEmptyTexts() {
    ChatThread thread =
        ChatThread.builder()
            .id(Fresh.thread())
            .userId(Fresh.user())
            .name("")
            .tags(List.of())
            .metadata(JsonObject.empty())
            .build();
    ChatThread stored = Await.result(store().threads().create(thread));

    assertThat(stored.name()).contains("");
    assertThat(stored.tags()).contains(List.of());
    assertThat(stored.metadata()).contains(JsonObject.empty());
    assertThat(Await.result(store().threads().find(thread.id()))).contains(stored);
  }

  @Test
  default void createShouldFailWhenTheIdIsTaken() {
    ChatThread mine = create(Fresh.user());
    clock().tick();
    UserId mallory = Fresh.user();
    ChatThread again = ChatThread.builder().id(mine.id()).userId(mine.userId()).name("B").build();
    ChatThread stolen = ChatThread.builder().from(mine).userId(mallory).name("C").build();
    ChatThread ownerless = ChatThread.builder().id(mine.id()).name("D").build();

    for (ChatThread late : List.of(again, stolen, ownerless)) {
      assertThat(Await.failure(() -> store().threads().create(late)))
          .hasMessageContaining(mine.id().value())
          .extracting(DataLayerException::code)
          .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }
    assertThat(Await.result(store().threads().find(mine.id()))).contains(mine);
    assertThat(Await.result(store().threads().list(mallory, PageRequest.first(1))).items())
        .isEmpty();
  }

  @Test
  default void theSameCreateAgainShouldGiveWhatIsStored() {
    ChatThread thread =
        ChatThread.builder()
            .id(Fresh.thread())
            .userId(Fresh.user())
            .name("A")
            .createdAt(Timestamp.of(clock().tick()))
            .build();
    Await.result(store().threads().create(thread));
    ChatThread renamed =
        Await.result(store().threads().update(thread.id(), Patch.set(ThreadAttributes.NAME, "B")));
    clock().tick();

    assertThat(Await.result(store().threads().create(thread))).isEqualTo(renamed);
    assertThat(Await.result(store().threads().find(thread.id()))).contains(renamed);
  }

  @Test
  default void ofConcurrentCreatesOneShouldWin() {
    ThreadId id = Fresh.thread();
    List<UserId> owners = IntStream.range(0, 8).mapToObj(i -> Fresh.user()).toList();
    List<CompletionStage<Optional<UserId>>> creates =
        owners.stream()
            .map(
                owner ->
                    store().threads().create(ChatThread.builder().id(id).userId(owner).build()))
            .map(
                stage ->
                    stage.handle(
                        (created, error) ->
                            created == null ? Optional.<UserId>empty() : created.userId()))
            .toList();
    List<UserId> winners = Await.results(creates).stream().flatMap(Optional::stream).toList();

    assertThat(winners).hasSize(1);
    assertThat(Await.result(store().threads().findAuthor(id))).contains(winners.get(0));
  }

  @Test
  default void aThreadWithoutAnOwnerShouldBeCompletedByACreate() {
    ThreadId id = Fresh.thread();
    UserId owner = Fresh.user();
    ChatThread orphan =
        Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(id)
                        .name("A")
                        .createdAt(new Timestamp("2026-03-01T00:00:00.000001Z"))
                        .metadata(JsonObject.of("is_shared", JsonValue.of(true)))
                        .build()));
    assertThat(orphan.userId()).isEmpty();
    assertThat(Await.result(store().threads().findAuthor(id))).isEmpty();

    ChatThread completed =
        Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(id)
                        .userId(owner)
                        .name("B")
                        .tags(List.of("t"))
                        .createdAt(new Timestamp("2026-03-02T00:00:00.000001Z"))
                        .metadata(JsonObject.of("profile", JsonValue.of("gpt")))
                        .build()));

    assertThat(completed.userId()).contains(owner);
    assertThat(completed.name()).contains("A");
    assertThat(completed.tags()).contains(List.of("t"));
    assertThat(completed.createdAt()).isEqualTo(orphan.createdAt());
    assertThat(completed.metadata())
        .contains(
            JsonObject.of("is_shared", JsonValue.of(true)).with("profile", JsonValue.of("gpt")));
    assertThat(Await.result(store().threads().find(id))).contains(completed);
    assertThat(Await.result(store().threads().findAuthor(id))).contains(owner);
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(1))).items())
        .hasSize(1);
  }

  @Test
  default void createShouldRefuseWhatIsTooLarge() {
    ThreadId id = Fresh.thread();
    ChatThread empty = ChatThread.builder().id(id).userId(Fresh.user()).build();
    String long_ = "é".repeat(Limits.NAME_BYTES / 2) + "x";

    Await.refused(
        ErrorCode.TOO_LARGE,
        "name: 2,049 bytes, at most 2,048",
        () -> store().threads().create(ChatThread.builder().from(empty).name(long_).build()));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "tags[1]: 2,049 bytes, at most 2,048",
        () ->
            store()
                .threads()
                .create(ChatThread.builder().from(empty).tags(List.of("a", long_)).build()));
    Await.refused(
        ErrorCode.INVALID,
        "tags: 101 items, at most 100",
        () ->
            store()
                .threads()
                .create(
                    ChatThread.builder().from(empty).tags(Collections.nCopies(101, "t")).build()));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "name of an attribute: 2,049 bytes, at most 2,048",
        () ->
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .from(empty)
                        .other(JsonObject.of(long_, JsonValue.of(1)))
                        .build()));
    assertThat(Await.result(store().threads().find(id))).isEmpty();
  }

  @Test
  default void whatIsAsLargeAsAllowedShouldBeStored() {
    ChatThread thread =
        ChatThread.builder()
            .id(Fresh.thread())
            .userId(Fresh.user())
            .name("é".repeat(Limits.NAME_BYTES / 2))
            .tags(Collections.nCopies(Limits.TAGS, "é".repeat(100)))
            .metadata(Hostile.nested(Limits.JSON_DEPTH))
            .build();
    ChatThread stored = Await.result(store().threads().create(thread));

    assertThat(stored.name()).isEqualTo(thread.name());
    assertThat(stored.tags()).isEqualTo(thread.tags());
    assertThat(stored.metadata()).isEqualTo(thread.metadata());
    assertThat(Await.result(store().threads().find(thread.id()))).contains(stored);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void hostileThreadIdsShouldBeIdsLikeAnyOther(String id) {
    ThreadId hostile = ThreadId.of(id);
    UserId owner = UserId.of(id);
    ChatThread thread =
        Await.result(
            store()
                .threads()
                .create(ChatThread.builder().id(hostile).userId(owner).name(id).build()));

    assertThat(thread.id()).isEqualTo(hostile);
    assertThat(Await.result(store().threads().find(hostile))).contains(thread);
    assertThat(Await.result(store().threads().findAuthor(hostile))).contains(owner);
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(1))).items())
        .singleElement()
        .satisfies(
            summary -> {
              assertThat(summary.id()).isEqualTo(hostile);
              assertThat(summary.name()).contains(id);
            });
    assertThat(Await.result(store().threads().delete(hostile)).items()).isEqualTo(1);
    assertThat(Await.result(store().threads().find(hostile))).isEmpty();
    assertThat(Await.result(store().threads().list(owner, PageRequest.first(1))).items()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badIds")
  default void createShouldRefuseBadIds(String id) {
    ChatThread badId = ChatThread.builder().id(ThreadId.of(id)).userId(Fresh.user()).build();
    ChatThread badOwner = ChatThread.builder().id(Fresh.thread()).userId(UserId.of(id)).build();

    assertThat(Await.failure(() -> store().threads().create(badId)))
        .hasMessageStartingWith("id: ")
        .extracting(DataLayerException::code)
        .isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
    assertThat(Await.failure(() -> store().threads().create(badOwner)))
        .hasMessageStartingWith("userId: ")
        .extracting(DataLayerException::code)
        .isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
    assertThat(Await.found(store().threads().find(badId.id()))).isEmpty();
    assertThat(Await.result(store().threads().find(badOwner.id()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#lookalikes")
  default void lookalikesShouldBeDifferentThreads(List<String> ids) {
    ThreadId one = ThreadId.of(ids.get(0));
    ThreadId other = ThreadId.of(ids.get(1));
    Await.result(
        store()
            .threads()
            .create(ChatThread.builder().id(one).userId(UserId.of(ids.get(0))).build()));

    assertThat(Await.result(store().threads().find(other))).isEmpty();
    assertThat(Await.result(store().threads().isTaken(other))).isFalse();
    assertThat(Await.result(store().threads().delete(other)).items()).isZero();
    assertThat(
            Await.result(store().threads().list(UserId.of(ids.get(1)), PageRequest.first(1)))
                .items())
        .isEmpty();
    assertThat(Await.result(store().threads().find(one))).isPresent();
  }

  @Test
  default void row1_aRenameShouldLeaveTheMetadata() {
    ChatThread thread = createWith(JsonObject.of("a", JsonValue.of(1)));

    ChatThread renamed = update(thread, Patch.set(ThreadAttributes.NAME, "New"));

    assertThat(renamed.name()).contains("New");
    assertThat(renamed.metadata()).isEqualTo(thread.metadata());
    assertThat(Await.result(store().threads().find(thread.id()))).contains(renamed);
  }

  @Test
  default void row2_metadataShouldBeMergedAndANullRemoveAKey() {
    ChatThread thread =
        createWith(
            JsonObject.of("is_shared", JsonValue.of(true))
                .with("gone", JsonValue.of(1))
                .with("nested", JsonObject.of("a", JsonValue.of(1)))
                .with("a.b", JsonValue.of(1)));

    ChatThread changed =
        update(
            thread,
            metadata(
                JsonObject.of("gone", JsonValue.Null.NULL)
                    .with("neverThere", JsonValue.Null.NULL)
                    .with("nested", JsonObject.of("b", JsonValue.Null.NULL))
                    .with("a.b", JsonValue.of(2))
                    .with("#n", JsonValue.of(3))));

    assertThat(changed.metadata())
        .contains(
            JsonObject.of("is_shared", JsonValue.of(true))
                .with("nested", JsonObject.of("b", JsonValue.Null.NULL))
                .with("a.b", JsonValue.of(2))
                .with("#n", JsonValue.of(3)));
    assertThat(Await.result(store().threads().find(thread.id()))).contains(changed);
  }

  @Test
  default void row1_metadataShouldBeMergedWhateverIsStored() {
    JsonObject change = JsonObject.of("b", JsonValue.of(2)).with("gone", JsonValue.Null.NULL);
    JsonObject asText = JsonObject.of("metadata", JsonValue.of("no object"));
    ChatThread missing = create(Fresh.user());
    ChatThread text =
        Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(Fresh.thread())
                        .userId(Fresh.user())
                        .other(asText)
                        .build()));
    assertThat(text.other()).isEqualTo(asText);
    ChatThread cleared = createWith(JsonObject.of("a", JsonValue.of(1)));
    assertThat(update(cleared, Patch.none().andClear(ThreadAttributes.METADATA)).metadata())
        .isEmpty();

    for (ChatThread thread : List.of(missing, text, cleared)) {
      ChatThread changed = update(thread, metadata(change));
      assertThat(changed.metadata()).contains(JsonObject.of("b", JsonValue.of(2)));
      assertThat(Await.result(store().threads().find(thread.id()))).contains(changed);
    }
  }

  @Test
  default void row3_createdAtShouldBeWrittenOnceAndUpdatedAtBesideIt() {
    ChatThread thread = create(Fresh.user());
    Instant before = clock().tick();

    ChatThread changed = update(thread, Patch.set(ThreadAttributes.NAME, "New"));

    assertThat(changed.createdAt()).isEqualTo(thread.createdAt());
    assertStamped(changed.updatedAt(), before, clock());
  }

  @Test
  default void row19_anExplicitNullShouldClearAndAbsentShouldLeave() {
    ChatThread thread =
        Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(Fresh.thread())
                        .userId(Fresh.user())
                        .name("A")
                        .tags(List.of("t"))
                        .other(JsonObject.of("x", JsonValue.of(1)).with("y", JsonValue.of(2)))
                        .build()));
    Patch patch =
        new Patch(JsonObject.of("name", JsonValue.Null.NULL).with("x", JsonValue.Null.NULL));

    ChatThread cleared = update(thread, patch);

    assertThat(cleared.name()).isEmpty();
    assertThat(cleared.tags()).contains(List.of("t"));
    assertThat(Unknown.of(ThreadAttributes.SCHEMA, cleared))
        .isEqualTo(JsonObject.of("y", JsonValue.of(2)));
    assertThat(Await.result(store().threads().find(thread.id()))).contains(cleared);
    assertThat(update(thread, patch).name()).isEmpty();
  }

  @Test
  default void row19_aPatchThatSaysNothingShouldWriteNothing() {
    ChatThread thread = create(Fresh.user());
    clock().tick();

    assertThat(update(thread, Patch.none())).isEqualTo(thread);
    assertThat(update(thread, metadata(JsonObject.empty()))).isEqualTo(thread);
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);
    ThreadId unknown = Fresh.thread();
    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + unknown + " not found",
        () -> store().threads().update(unknown, Patch.none()));
  }

  @Test
  default void updateShouldReplaceWithEmptyValues() {
    ChatThread thread =
        Await.result(
            store()
                .threads()
                .create(
                    ChatThread.builder()
                        .id(Fresh.thread())
                        .userId(Fresh.user())
                        .name("A")
                        .tags(List.of("t"))
                        .build()));

    ChatThread changed =
        update(thread, Patch.set(ThreadAttributes.NAME, "").and(ThreadAttributes.TAGS, List.of()));

    assertThat(changed.name()).contains("");
    assertThat(changed.tags()).contains(List.of());
  }

  @Test
  default void updateShouldSetUnknownAttributes() {
    ChatThread thread = create(Fresh.user());
    JsonObject future = JsonObject.of("future", Hostile.json()).with("a.b#:", JsonValue.of(1));

    ChatThread changed = update(thread, new Patch(future));

    assertThat(Unknown.of(ThreadAttributes.SCHEMA, changed)).isEqualTo(future);
    assertThat(Await.result(store().threads().find(thread.id()))).contains(changed);
  }

  @Test
  default void updateShouldRefuseWhatCannotBeChanged() {
    ChatThread thread = create(Fresh.user());
    for (String name : List.of("id", "userId", "userIdentifier", "createdAt")) {
      Await.refused(
          ErrorCode.INVALID,
          name + ": cannot be changed",
          () -> store().threads().update(thread.id(), patch(name, JsonValue.of("mallory"))));
      Await.refused(
          ErrorCode.INVALID,
          name + ": cannot be changed",
          () -> store().threads().update(thread.id(), patch(name, JsonValue.Null.NULL)));
    }
    List<String> reserved = Hostile.reservedNames(ThreadAttributes.SCHEMA);
    Stream.concat(reserved.stream(), Stream.of("updatedAt"))
        .forEach(
            name ->
                Await.refused(
                    ErrorCode.INVALID,
                    name + ": is reserved",
                    () -> store().threads().update(thread.id(), patch(name, JsonValue.of("m")))));
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);
  }

  @Test
  default void updateShouldRefuseWrongTypesAndWhatIsTooLarge() {
    ChatThread thread = create(Fresh.user());

    refused(thread, "name: must be a text, is a number", patch("name", JsonValue.of(1)));
    refused(thread, "tags: must be a list of texts", patch("tags", JsonValue.of("t")));
    refused(thread, "metadata: must be an object", patch("metadata", JsonValue.of("{}")));
    refused(thread, "metadata.in[0].in", metadata(Hostile.nested(Limits.JSON_DEPTH + 1)));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "name: 2,049 bytes, at most 2,048",
        () ->
            store()
                .threads()
                .update(
                    thread.id(),
                    Patch.set(ThreadAttributes.NAME, "x".repeat(Limits.NAME_BYTES + 1))));
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);
  }

  @Test
  default void row20_hostileJsonShouldComeBackExactly() {
    ChatThread thread = createWith(Hostile.json());
    assertThat(thread.metadata()).contains(Hostile.json());
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);

    ChatThread patched = update(create(Fresh.user()), metadata(Hostile.json()));
    assertThat(patched.metadata()).contains(Hostile.json());
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badNumbers")
  default void row21_aNumberBeyondTheRangeShouldBeRefused(String number) {
    ChatThread thread = create(Fresh.user());
    JsonObject metadata = JsonObject.of("n", JsonValue.of(new BigDecimal(number)));

    refused(thread, "metadata.n: number ", metadata(metadata));
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);
  }

  @Test
  default void row28_aLateUpdateShouldNotBringBackADeletedThread() {
    ChatThread thread = create(Fresh.user());
    Await.result(store().threads().delete(thread.id()));

    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + thread.id() + " not found",
        () -> store().threads().update(thread.id(), metadata(JsonObject.of("a", JsonValue.of(1)))));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + thread.id() + " not found",
        () -> store().threads().update(thread.id(), Patch.set(ThreadAttributes.NAME, "A")));
    assertThat(Await.result(store().threads().isTaken(thread.id()))).isFalse();
  }

  @Test
  default void row28_anUpdateShouldNeedTheThreadItself() {
    ThreadId id = Fresh.thread();
    Await.result(store().steps().upsert(Step.builder().threadId(id).id(Fresh.step()).build()));

    Await.refused(
        ErrorCode.NOT_FOUND,
        "thread " + id + " not found",
        () -> store().threads().update(id, Patch.set(ThreadAttributes.NAME, "A")));
    assertThat(Await.result(store().threads().find(id))).isEmpty();
  }

  @Test
  default void row29_theAuthorOfAnUnknownThreadShouldBeAbsent() {
    ChatThread thread = create(Fresh.user());

    assertThat(Await.result(store().threads().findAuthor(thread.id()))).isEqualTo(thread.userId());
    assertThat(Await.result(store().threads().findAuthor(Fresh.thread()))).isEmpty();
  }

  @Test
  default void isTakenShouldSeeTheThreadAndWhatHasNone() {
    ThreadId onlyAStep = Fresh.thread();
    ThreadId unknown = Fresh.thread();
    Await.result(
        store().steps().upsert(Step.builder().threadId(onlyAStep).id(Fresh.step()).build()));

    assertThat(Await.result(store().threads().isTaken(create(Fresh.user()).id()))).isTrue();
    assertThat(Await.result(store().threads().isTaken(onlyAStep))).isTrue();
    assertThat(Await.result(store().threads().isTaken(unknown))).isFalse();
  }

  @Test
  default void concurrentUpdatesShouldLoseNothing() {
    ChatThread thread = create(Fresh.user());
    List<CompletionStage<ChatThread>> updates =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    store()
                        .threads()
                        .update(
                            thread.id(),
                            new Patch(
                                JsonObject.of("o" + i, JsonValue.of(i))
                                    .with("metadata", JsonObject.of("m" + i, JsonValue.of(i))))))
            .toList();
    Await.results(updates);

    ChatThread stored = Await.result(store().threads().find(thread.id())).orElseThrow();
    for (int i = 0; i < 8; i++) {
      assertThat(stored.metadata().orElseThrow().get("m" + i)).contains(JsonValue.of(i));
      assertThat(stored.other().get("o" + i)).contains(JsonValue.of(i));
    }
  }

  @Test
  default void row11_findAllShouldGiveTheDetailsInTheOrderAskedFor() {
    ChatThread a = createWith(JsonObject.of("a", JsonValue.of(1)));
    ChatThread b = createWith(JsonObject.of("b", JsonValue.of(1)));
    ChatThread c = createWith(JsonObject.of("c", JsonValue.of(1)));

    assertThat(
            Await.result(
                store().threads().findAll(List.of(c.id(), Fresh.thread(), a.id(), b.id()))))
        .containsExactly(c, a, b);
    assertThat(Await.result(store().threads().findAll(List.of(a.id(), b.id(), a.id()))))
        .containsExactly(a, b, a);
    assertThat(Await.result(store().threads().findAll(List.of()))).isEmpty();
  }

  @Test
  default void findAllShouldTakeAHundredIdsAndNoMore() {
    ChatThread thread = create(Fresh.user());
    List<ThreadId> ids =
        Stream.concat(Stream.generate(Fresh::thread).limit(99), Stream.of(thread.id())).toList();

    assertThat(Await.result(store().threads().findAll(ids))).containsExactly(thread);
    Await.refused(
        ErrorCode.INVALID,
        "ids: 101 items, at most 100",
        () ->
            store()
                .threads()
                .findAll(Stream.concat(ids.stream(), Stream.of(Fresh.thread())).toList()));
  }

  @Test
  default void row35_noKeyOfTheTableShouldBeServed() {
    ChatThread thread = create(Fresh.user());

    assertThat(ThreadAttributes.SCHEMA.toJson(thread).members().keySet())
        .contains("id", "userId", "userIdentifier", "createdAt", "updatedAt")
        .isSubsetOf(ThreadAttributes.SCHEMA.attributes().stream().map(it -> it.name()).toList());
    for (String name : Hostile.reservedNames(ThreadAttributes.SCHEMA)) {
      ChatThread bad =
          ChatThread.builder()
              .id(Fresh.thread())
              .userId(Fresh.user())
              .other(JsonObject.of(name, JsonValue.of("mallory")))
              .build();
      Await.refused(ErrorCode.INVALID, name + ": is reserved", () -> store().threads().create(bad));
    }
  }

  private ChatThread create(UserId owner) {
    return Await.result(
        store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()));
  }

  private ChatThread createWith(JsonObject metadata) {
    return Await.result(
        store()
            .threads()
            .create(
                ChatThread.builder()
                    .id(Fresh.thread())
                    .userId(Fresh.user())
                    .metadata(metadata)
                    .build()));
  }

  private ChatThread update(ChatThread thread, Patch patch) {
    return Await.result(store().threads().update(thread.id(), patch));
  }

  private void refused(ChatThread thread, String message, Patch patch) {
    Await.refused(ErrorCode.INVALID, message, () -> store().threads().update(thread.id(), patch));
  }

  private static Patch metadata(JsonObject changes) {
    return Patch.set(ThreadAttributes.METADATA, changes);
  }

  private static Patch patch(String name, JsonValue value) {
    return new Patch(JsonObject.of(name, value));
  }
}
