package dev.threadkeep.domain.contract;

import static dev.threadkeep.domain.contract.Stamps.assertStamped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link dev.threadkeep.domain.port.UserRepository} does. */
public interface UserRepositoryContract extends StoreContract {
  @Test
  default void findShouldBeEmptyWhenUserIsUnknown() {
    assertThat(Await.result(store().users().find(Fresh.user()))).isEmpty();
  }

  @Test
  default void upsertShouldCreateTheUserAndGiveWhatIsStored() {
    UserId id = Fresh.user();
    User user =
        User.builder()
            .id(id)
            .metadata(JsonObject.of("role", JsonValue.of("admin")))
            .createdAt(new Timestamp("2026-03-01T00:00:42.993908Z"))
            .other(JsonObject.of("displayName", JsonValue.of("Ada")))
            .build();
    Instant before = clock().tick();

    User stored = Await.result(store().users().upsert(user));

    assertThat(stored.metadata()).isEqualTo(user.metadata());
    assertThat(stored.createdAt()).isEqualTo(user.createdAt());
    assertThat(Unknown.of(UserAttributes.SCHEMA, stored)).isEqualTo(user.other());
    assertStamped(stored.updatedAt(), before, clock());
    assertThat(Await.result(store().users().find(id))).contains(stored);
  }

  @Test
  default void absentAttributesShouldStayAbsent() {
    UserId id = Fresh.user();
    User stored = Await.result(store().users().upsert(User.builder().id(id).build()));

    assertThat(stored.metadata()).isEmpty();
    assertThat(Unknown.of(UserAttributes.SCHEMA, stored)).isEqualTo(JsonObject.empty());
    assertThat(Await.result(store().users().find(id))).contains(stored);
  }

  @Test
  default void row3_createdAtShouldBeWrittenOnceAndUpdatedAtBesideIt() {
    User user = User.builder().id(Fresh.user()).build();
    Instant before = clock().tick();
    User first = Await.result(store().users().upsert(user));
    Instant between = clock().tick();
    User second = Await.result(store().users().upsert(user));

    assertStamped(first.createdAt(), before, clock());
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertStamped(second.updatedAt(), between, clock());
  }

  @Test
  default void row5_timesShouldBeWrittenInUtc() {
    User user =
        User.builder()
            .id(Fresh.user())
            .createdAt(new Timestamp("2026-03-01T02:00:00+02:00"))
            .build();

    assertThat(Await.result(store().users().upsert(user)).createdAt())
        .contains(new Timestamp("2026-03-01T00:00:00.000000Z"));
  }

  @Test
  default void row30_aLoginShouldKeepCreatedAtAndMergeMetadata() {
    UserId id = Fresh.user();
    Await.result(
        store()
            .users()
            .upsert(
                User.builder()
                    .id(id)
                    .createdAt(new Timestamp("2026-03-01T00:00:42.993908Z"))
                    .metadata(
                        JsonObject.of("role", JsonValue.of("admin"))
                            .with("quota", JsonValue.of(5))
                            .with("nested", JsonObject.of("a", JsonValue.of(1))))
                    .build()));

    User login =
        User.builder()
            .id(id)
            .createdAt(new Timestamp("2026-04-01T00:00:00.000000Z"))
            .metadata(
                JsonObject.of("provider", JsonValue.of("google"))
                    .with("quota", JsonValue.Null.NULL)
                    .with("nested", JsonObject.of("b", JsonValue.of(2))))
            .build();
    User stored = Await.result(store().users().upsert(login));

    assertThat(stored.createdAt()).contains(new Timestamp("2026-03-01T00:00:42.993908Z"));
    assertThat(stored.metadata())
        .contains(
            JsonObject.of("role", JsonValue.of("admin"))
                .with("provider", JsonValue.of("google"))
                .with("nested", JsonObject.of("b", JsonValue.of(2))));
    assertThat(Await.result(store().users().find(id))).contains(stored);
  }

  @Test
  default void upsertShouldLeaveMetadataThatIsAbsentOrEmptyInTheWrite() {
    UserId id = Fresh.user();
    JsonObject metadata = JsonObject.of("role", JsonValue.of("admin"));
    Await.result(store().users().upsert(User.builder().id(id).metadata(metadata).build()));

    Await.result(store().users().upsert(User.builder().id(id).build()));
    Await.result(
        store().users().upsert(User.builder().id(id).metadata(JsonObject.empty()).build()));

    assertThat(Await.result(store().users().find(id)).orElseThrow().metadata()).contains(metadata);
  }

  @Test
  default void upsertShouldMergeIntoMetadataThatIsNoObject() {
    UserId id = Fresh.user();
    JsonObject text = JsonObject.of("metadata", JsonValue.of("no object"));
    User first = Await.result(store().users().upsert(User.builder().id(id).other(text).build()));
    assertThat(first.other()).isEqualTo(text);

    JsonObject metadata = JsonObject.of("role", JsonValue.of("admin"));
    User second =
        Await.result(store().users().upsert(User.builder().id(id).metadata(metadata).build()));

    assertThat(second.metadata()).contains(metadata);
  }

  @Test
  default void upsertShouldKeepUnknownAttributesThatTheWriteDoesNotHave() {
    UserId id = Fresh.user();
    Await.result(
        store()
            .users()
            .upsert(
                User.builder()
                    .id(id)
                    .other(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2)))
                    .build()));

    User stored =
        Await.result(
            store()
                .users()
                .upsert(User.builder().id(id).other(JsonObject.of("b", JsonValue.of(3))).build()));

    assertThat(Unknown.of(UserAttributes.SCHEMA, stored))
        .isEqualTo(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(3)));
  }

  @Test
  default void concurrentUpsertsShouldLoseNothing() {
    UserId id = Fresh.user();
    List<CompletionStage<User>> writes =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    store()
                        .users()
                        .upsert(
                            User.builder()
                                .id(id)
                                .metadata(JsonObject.of("m" + i, JsonValue.of(i)))
                                .other(JsonObject.of("o" + i, JsonValue.of(i)))
                                .build()))
            .toList();
    Await.results(writes);

    User stored = Await.result(store().users().find(id)).orElseThrow();
    for (int i = 0; i < 8; i++) {
      assertThat(stored.metadata().orElseThrow().get("m" + i)).contains(JsonValue.of(i));
      assertThat(stored.other().get("o" + i)).contains(JsonValue.of(i));
    }
  }

  @Test
  default void row20_hostileJsonShouldComeBackExactly() {
    User user =
        User.builder()
            .id(Fresh.user())
            .metadata(Hostile.json())
            .other(JsonObject.of("future", Hostile.json()).with("😀 a.b#:", JsonValue.of("")))
            .build();
    User stored = Await.result(store().users().upsert(user));

    assertThat(stored.metadata()).isEqualTo(user.metadata());
    assertThat(Unknown.of(UserAttributes.SCHEMA, stored)).isEqualTo(user.other());
    assertThat(Await.result(store().users().find(user.id()))).contains(stored);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badNumbers")
  default void row21_aNumberBeyondTheRangeShouldBeRefused(String number) {
    UserId id = Fresh.user();
    JsonObject metadata = JsonObject.of("n", JsonValue.of(new BigDecimal(number)));

    Await.refused(
        ErrorCode.INVALID,
        "metadata.n: number ",
        () -> store().users().upsert(User.builder().id(id).metadata(metadata).build()));
    assertThat(Await.result(store().users().find(id))).isEmpty();
  }

  @Test
  default void upsertShouldRefuseJsonThatIsNestedTooDeep() {
    UserId id = Fresh.user();
    JsonObject deep = Hostile.nested(Limits.JSON_DEPTH + 1);

    Await.refused(
        ErrorCode.INVALID,
        "metadata.in[0].in[0]",
        () -> store().users().upsert(User.builder().id(id).metadata(deep).build()));
    Await.refused(
        ErrorCode.INVALID,
        "future.in[0].in[0]",
        () ->
            store()
                .users()
                .upsert(User.builder().id(id).other(JsonObject.of("future", deep)).build()));
    assertThat(Await.result(store().users().find(id))).isEmpty();
  }

  @Test
  default void upsertShouldRefuseHalfACharacter() {
    UserId id = Fresh.user();
    JsonObject text = JsonObject.of("a", JsonValue.of("x" + Hostile.HALF_A_CHARACTER));
    JsonObject name = JsonObject.of("x" + Hostile.HALF_A_CHARACTER, JsonValue.of(1));

    Await.refused(
        ErrorCode.INVALID,
        "metadata.a: has an unpaired surrogate",
        () -> store().users().upsert(User.builder().id(id).metadata(text).build()));
    Await.refused(
        ErrorCode.INVALID,
        "metadata (name of a member): has an unpaired surrogate",
        () -> store().users().upsert(User.builder().id(id).metadata(name).build()));
    Await.refused(
        ErrorCode.INVALID,
        "name of an attribute: has an unpaired surrogate",
        () -> store().users().upsert(User.builder().id(id).other(name).build()));
    assertThat(Await.result(store().users().find(id))).isEmpty();
  }

  @Test
  default void upsertShouldRefuseATimeThatIsNone() {
    UserId id = Fresh.user();

    Await.refused(
        ErrorCode.INVALID,
        "createdAt: must be a time",
        () ->
            store()
                .users()
                .upsert(User.builder().id(id).createdAt(new Timestamp("yesterday")).build()));
    assertThat(Await.result(store().users().find(id))).isEmpty();
  }

  @Test
  default void row35_reservedNamesShouldNotBeTakenFromUnknownAttributes() {
    UserId id = Fresh.user();
    for (String name : Hostile.reservedNames(UserAttributes.SCHEMA)) {
      JsonObject other = JsonObject.of(name, JsonValue.of("mallory"));
      Await.refused(
          ErrorCode.INVALID,
          name + ": is reserved",
          () -> store().users().upsert(User.builder().id(id).other(other).build()));
    }
    assertThat(Await.result(store().users().find(id))).isEmpty();
  }

  @Test
  default void row35_noKeyOfTheTableShouldBeServed() {
    User stored = Await.result(store().users().upsert(User.builder().id(Fresh.user()).build()));

    assertThat(UserAttributes.SCHEMA.toJson(stored).members())
        .containsKeys("id", "identifier", "createdAt", "updatedAt")
        .doesNotContainKeys("PK", "SK");
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void hostileIdsShouldBeIdsLikeAnyOther(String id) {
    User user = User.builder().id(UserId.of(id)).build();
    User stored = Await.result(store().users().upsert(user));

    assertThat(stored.id()).isEqualTo(user.id());
    assertThat(Await.result(store().users().find(user.id()))).contains(stored);
    assertThat(Await.result(store().users().delete(user.id()))).isTrue();
    assertThat(Await.result(store().users().find(user.id()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badIds")
  default void upsertShouldRefuseBadIds(String id) {
    User user = User.builder().id(UserId.of(id)).build();
    assertThat(Await.failure(() -> store().users().upsert(user)))
        .hasMessageStartingWith("id: ")
        .extracting("code")
        .isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
    assertThat(Await.found(store().users().find(user.id()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#lookalikes")
  default void lookalikesShouldBeDifferentUsers(List<String> ids) {
    UserId one = UserId.of(ids.get(0));
    Await.result(store().users().upsert(User.builder().id(one).build()));

    assertThat(Await.result(store().users().find(UserId.of(ids.get(1))))).isEmpty();
    assertThat(Await.result(store().users().delete(UserId.of(ids.get(1))))).isFalse();
    assertThat(Await.result(store().users().find(one))).isPresent();
  }

  @Test
  default void anIdWithHalfACharacterShouldBeNobodyElse() {
    String id = Fresh.text();
    Await.result(store().users().upsert(User.builder().id(UserId.of(id + "?")).build()));
    Await.result(store().users().upsert(User.builder().id(UserId.of(id + "\ufffd")).build()));

    assertThat(Await.found(store().users().find(UserId.of(id + Hostile.HALF_A_CHARACTER))))
        .isEmpty();
  }

  @Test
  default void deleteShouldRemoveTheUserAndSayWhetherThereWasOne() {
    UserId id = Fresh.user();
    Await.result(store().users().upsert(User.builder().id(id).build()));

    assertThat(Await.result(store().users().delete(id))).isTrue();
    assertThat(Await.result(store().users().find(id))).isEmpty();
    assertThat(Await.result(store().users().delete(id))).isFalse();
    assertThat(Await.result(store().users().delete(Fresh.user()))).isFalse();
  }

  @Test
  default void deleteShouldLeaveTheThreadsOfTheUser() {
    UserId id = Fresh.user();
    Await.result(store().users().upsert(User.builder().id(id).build()));
    ChatThread thread =
        Await.result(
            store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(id).build()));

    Await.result(store().users().delete(id));

    assertThat(Await.result(store().threads().list(id, PageRequest.first(10))).items()).hasSize(1);
    assertThat(Await.result(store().threads().find(thread.id()))).contains(thread);
  }
}
