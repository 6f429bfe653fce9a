package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads by their feedback, and favourites: what Chainlit's own layer writes, changes and deletes
 * of them on the same table, of which it tells nobody.
 */
class SameTableEntriesInterop {
  private static final int THREADS = 21;
  private static final StepId STEP = StepId.of("step");

  @RegisterExtension static final SameTable table = SameTable.create();

  private UserId owner = UserId.of("of each test");

  @BeforeEach
  void beSomebodyElse(TestInfo test) {
    owner = UserId.of(test.getDisplayName());
  }

  @Test
  void theirFeedbackShouldBeFoundOnceTheThreadIsRead() {
    ThreadId thread = write("read");
    theyRate(thread, 1);
    Reads.ours(table, thread.value());

    assertThat(table.rated(owner, 1)).containsExactly(thread);
    assertThat(table.rated(owner, 0)).isEmpty();
  }

  @Test
  void whatIsTheirsShouldBeFoundAfterReindex() {
    ThreadId rated = write("rated");
    theyRate(rated, 0);
    ThreadId favourite = write("favourite");
    theyFavor(favourite, true);
    table.reindex();

    assertThat(table.rated(owner, 0)).containsExactly(rated);
    assertThat(table.rated(owner, 1)).isEmpty();
    assertThat(favourites()).containsExactly(favourite);
  }

  /** Where it was the thread is gone at once. */
  @Test
  void feedbackThatTheyChangeShouldMoveTheThreadOnceItIsRead() {
    ThreadId thread = write("changed");
    table.rate(thread, STEP, 1);
    theyRate(thread, 0);
    assertThat(table.rated(owner, 1)).isEmpty();
    Reads.ours(table, thread.value());

    assertThat(table.rated(owner, 0)).containsExactly(thread);
    assertThat(table.rated(owner, 1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheyDeleteShouldNotBeListed(Deletion deletion) {
    ThreadId thread = write("deleted " + deletion);
    table.rate(thread, STEP, 1);
    weFavor(thread);
    assertThat(table.rated(owner, 1)).containsExactly(thread);
    assertThat(favourites()).containsExactly(thread);
    delete(thread, deletion);

    assertThat(table.rated(owner, 1)).isEmpty();
    assertThat(favourites()).isEmpty();
    table.reindex();
    assertThat(table.rated(owner, 1)).isEmpty();
    assertThat(favourites()).isEmpty();
  }

  /** Favourites are held to this once the thread is read: their list does not read the thread. */
  @Test
  void aThreadThatTheyMakeAnewForSomebodyElseShouldBeListedForThemAlone() {
    ThreadId thread = write("anew");
    table.rate(thread, STEP, 1);
    weFavor(thread);
    delete(thread, Deletion.THREAD);
    UserId first = owner;
    owner = UserId.of("somebody else");
    call(
        thread,
        "update_thread",
        Json.object("thread_id", thread.value(), "name", "anew", "user_id", owner.value()));
    JsonObject step =
        Json.object(
            "id",
            STEP.value(),
            "threadId",
            thread.value(),
            "type",
            "user_message",
            "createdAt",
            "2026-03-01T10:00:00Z");
    call(thread, "create_step", Json.object("step_dict", step));
    theyRate(thread, 1);
    theyFavor(thread, true);

    assertThat(table.rated(first, 1)).isEmpty();
    assertThat(Reads.ourFavourites(table, first.value())).isEqualTo(JsonObject.empty());
    Reads.ours(table, thread.value());
    assertThat(table.rated(first, 1)).isEmpty();
    assertThat(Reads.ourFavourites(table, first.value())).isEqualTo(JsonObject.empty());
    assertThat(table.rated(owner, 1)).containsExactly(thread);
    assertThat(favourites()).containsExactly(thread);
  }

  @Test
  void whatTheyDeleteWhileWeListShouldNotBeListedAfterThat() {
    List<ThreadId> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(write("under way " + i));
      table.rate(threads.get(i), STEP, i % 2);
      weFavor(threads.get(i));
    }
    Set<ThreadId> deleted = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> deletions =
        CompletableFuture.runAsync(
            () ->
                threads.forEach(
                    thread -> {
                      int kind = deleted.size() % Deletion.values().length;
                      delete(thread, Deletion.values()[kind]);
                      deleted.add(thread);
                    }));
    while (!deletions.isDone()) {
      Set<ThreadId> before = Set.copyOf(deleted);
      assertThat(table.rated(owner, 0)).filteredOn(before::contains).isEmpty();
      assertThat(table.rated(owner, 1)).filteredOn(before::contains).isEmpty();
      assertThat(favourites()).filteredOn(before::contains).isEmpty();
    }
    deletions.join();

    assertThat(table.rated(owner, 0)).isEmpty();
    assertThat(table.rated(owner, 1)).isEmpty();
    assertThat(favourites()).isEmpty();
  }

  /** What Chainlit's layer can delete of a step that is rated and a favourite. */
  private enum Deletion {
    BOTH_MARKS,
    STEP,
    THREAD
  }

  private void delete(ThreadId thread, Deletion deletion) {
    switch (deletion) {
      case BOTH_MARKS -> {
        theyFavor(thread, false);
        String feedback = StoredFeedback.id(thread.value(), STEP.value());
        call(thread, "delete_feedback", Json.object("feedback_id", feedback));
      }
      case STEP -> call(thread, "delete_step", Json.object("step_id", STEP.value()));
      case THREAD -> call(thread, "delete_thread", Json.object("thread_id", thread.value()));
    }
  }

  private ThreadId write(String id) {
    ThreadId thread = table.create(id, owner);
    Await.result(table.ours().steps().upsert(Step.userMessage(thread, STEP, "Where to?")));
    return thread;
  }

  private List<ThreadId> favourites() {
    return Await.result(table.ours().steps().listFavorites(owner)).stream()
        .map(Step::threadId)
        .toList();
  }

  private void weFavor(ThreadId thread) {
    JsonObject favorite = Json.object("favorite", true);
    table.change(thread, STEP, Patch.set(StepAttributes.METADATA, favorite));
  }

  private void theyRate(ThreadId thread, int value) {
    call(
        thread,
        "upsert_feedback",
        Json.object("forId", STEP.value(), "threadId", thread.value(), "value", value));
  }

  /** As Chainlit does it: with the step as it has read it. */
  private void theyFavor(ThreadId thread, boolean favorite) {
    JsonObject steps = (JsonObject) Json.member(Reads.theirs(table, thread.value()), "steps");
    JsonObject step = Json.without(Json.member(steps, STEP.value()), Set.of("feedback"));
    call(thread, "set_step_favorite", Json.object("step_dict", step, "favorite", favorite));
  }

  private void call(ThreadId thread, String method, JsonObject arguments) {
    table.theirs().as(owner.value(), thread.value(), method, arguments);
  }
}
