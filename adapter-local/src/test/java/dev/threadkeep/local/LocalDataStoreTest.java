package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.json.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is about this store alone; the rest is in the contracts. */
class LocalDataStoreTest {
  private static final ThreadId THREAD = ThreadId.of("t");

  @TempDir Path folder;
  private LocalDataStore store;

  @BeforeEach
  void open() {
    store = LocalDataStore.open(folder, new TestClock());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aThreadOfTenThousandStepsShouldBeLoadedListedAndDeleted() {
    create();
    List<CompletionStage<List<WriteResult<StepId>>>> writes =
        IntStream.range(0, 100).mapToObj(i -> store.steps().upsertAll(hundredSteps(i))).toList();
    assertThat(Await.results(writes))
        .allSatisfy(results -> assertThat(results).allMatch(it -> it.error().isEmpty()));

    List<Step> loaded = load().steps();
    assertThat(loaded).hasSize(10_000).extracting(step -> step.id().value()).isSorted();
    assertThat(listAll()).isEqualTo(loaded);
    assertThat(Await.result(store.threads().delete(THREAD)).items()).isEqualTo(10_001);
    assertThat(Await.result(store.threads().isTaken(THREAD))).isFalse();
  }

  @Test
  void aStepOfTheGreatestSizeShouldBeKept() {
    String text = "😀".repeat(Limits.CONTENT_BYTES / 4);
    Step step = Step.userMessage(THREAD, StepId.of("s"), text);

    assertThat(Await.result(store.steps().upsert(step)).output()).contains(text);
    assertThat(Await.result(store.steps().find(THREAD, step.id())).orElseThrow().output())
        .contains(text);
  }

  @Test
  void nullsAndUnknownAttributesOfARowShouldBeServedAndKept() {
    String body =
        "{\"id\":\"t\",\"userId\":\"ada\",\"userIdentifier\":\"ada\",\"name\":null,\"tags\":null,"
            + "\"metadata\":\"{}\",\"createdAt\":\"2026-03-01T00:00:42\","
            + "\"future\":{\"n\":12345678901234567890.10,\"none\":null}}";
    change("INSERT INTO thread (id, owner, activity, body) VALUES ('t', 'ada', '2026', ?)", body);

    ChatThread stored = load().thread();
    assertThat(stored.name()).isEmpty();
    assertThat(ThreadAttributes.SCHEMA.toJson(stored)).isEqualTo(JsonText.parse(body));

    ChatThread renamed =
        Await.result(store.threads().update(THREAD, Patch.set(ThreadAttributes.NAME, "Trip")));
    JsonObject rest = ThreadAttributes.SCHEMA.toJson(renamed).without("name").without("updatedAt");
    assertThat(rest).isEqualTo(((JsonObject) JsonText.parse(body)).without("name"));
    assertThat(renamed.name()).contains("Trip");
  }

  @Test
  void aRowThatCannotBeUnderstoodShouldHideNoOther() {
    create();
    Step good = Await.result(store.steps().upsert(Step.userMessage(THREAD, StepId.of("b"), "x")));
    change("INSERT INTO step (thread, id, body) VALUES ('t', 'a', 'no JSON')");
    change("INSERT INTO step (thread, id, body) VALUES ('t', 'c', '{\"id\":\"c\"}')");
    change(
        "INSERT INTO entry (thread, step, list, value, owner, activity)"
            + " VALUES ('t', 'a', 'favorite', 1, 'ada', ''), ('t', 'c', 'favorite', 1, 'ada', '')");
    change("INSERT INTO element (thread, id, body) VALUES ('t', 'd', '[]')");

    assertThat(load().steps()).containsExactly(good);
    assertThat(load().skipped()).isEqualTo(3);
    Page<Step> page = Await.result(store.steps().list(THREAD, PageRequest.first(2)));
    assertThat(page.items()).containsExactly(good);
    assertThat(page.next()).isPresent();
    assertThat(Await.result(store.steps().listFavorites(UserId.of("ada")))).isEmpty();
    Await.refused(
        ErrorCode.CORRUPT,
        "step a of thread t cannot be read: ",
        () -> store.steps().find(THREAD, StepId.of("a")));
    assertThat(Await.result(store.threads().delete(THREAD)).items()).isEqualTo(5);
  }

  @Test
  void aCursorShouldBeTakenInTheFormItWasGivenOutOnly() {
    create();
    Await.result(store.steps().upsertAll(hundredSteps(0)));
    PageRequest first = PageRequest.first(1);
    Cursor cursor = Await.result(store.steps().list(THREAD, first)).next().orElseThrow();

    for (String changed : List.of(cursor + "=", cursor + "A", "A" + cursor, cursor + "\n")) {
      Await.refused(
          ErrorCode.INVALID,
          "cursor: is not one of this list",
          () -> store.steps().list(THREAD, first.after(Cursor.of(changed))));
    }
    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> store.threads().list(UserId.of("ada"), first.after(cursor)));
  }

  private void create() {
    Await.result(
        store.threads().create(ChatThread.builder().id(THREAD).userId(UserId.of("ada")).build()));
  }

  private static List<Step> hundredSteps(int batch) {
    return IntStream.range(0, 100)
        .mapToObj(i -> StepId.of(String.format("s%05d", batch * 100 + i)))
        .map(id -> Step.userMessage(THREAD, id, "text of " + id))
        .toList();
  }

  private Conversation load() {
    return Await.result(store.threads().load(THREAD)).orElseThrow();
  }

  @Test
  void whatCannotBeReadShouldBeToldAndHideNothing() {
    create();
    hundredSteps(0).forEach(step -> Await.result(store.steps().upsert(step)));
    change("UPDATE step SET body = 'broken' WHERE id = ?", hundredSteps(0).get(7).id().value());

    List<StoredItem> contents =
        Await.result(store.transfer().contents(THREAD, Optional.empty())).items();

    assertThat(contents.stream().filter(StoredItem.Unreadable.class::isInstance))
        .containsExactly(
            new StoredItem.Unreadable(
                "step " + hundredSteps(0).get(7).id() + " of thread t",
                "it is no JSON object, or has no id"));
    assertThat(contents.stream().filter(StoredItem.OfStep.class::isInstance))
        .hasSizeGreaterThan(90);
  }

  @Test
  void anIdThatBreaksListsShouldNotBeRestored() {
    Step step = Step.userMessage(THREAD, StepId.of("a\nb"), "text");

    Await.refused(
        ErrorCode.INVALID,
        "step: its id has control characters",
        () -> store.transfer().restore(new StoredItem.OfStep(step, Optional.empty())));
  }

  private List<Step> listAll() {
    List<Step> all = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(PageRequest.MAX));
    while (request.isPresent()) {
      Page<Step> page = Await.result(store.steps().list(THREAD, request.get()));
      all.addAll(page.items());
      request = page.next().map(PageRequest.first(PageRequest.MAX)::after);
    }
    return all;
  }

  private void change(String statement, Object... arguments) {
    try (Handle handle = Jdbi.open("jdbc:sqlite:" + folder.resolve(SqliteFile.NAME))) {
      handle.execute(statement, arguments);
    }
  }
}
