package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The part of {@link StepRepositoryContract} that is about the steps of a thread, favourites, and
 * deleting.
 */
public interface StepListContract extends StoreContract {
  @Test
  default void listShouldBeEmptyWhenThereAreNoSteps() {
    assertThat(Await.result(store().steps().list(Fresh.thread(), PageRequest.first(10))))
        .isEqualTo(Page.of(List.of(), Optional.empty()));
  }

  @Test
  default void listShouldHaveTheStepsInTheOrderOfTheirIdsByUtf8() {
    ThreadId thread = Fresh.thread();
    String beyond16Bits = "\ud83d\ude00";
    List<String> ids =
        List.of("!", "#", "A", "A#", "B", "a", "a\uffff", "b", "é", "日本", "\uffff", beyond16Bits);
    for (int i = ids.size() - 1; i >= 0; i--) {
      upsert(thread, ids.get(i));
    }

    assertThat(list(thread, 100).items())
        .extracting(step -> step.id().value())
        .containsExactlyElementsOf(ids);
    for (int size : new int[] {1, 5, 6, 11, 12, 13}) {
      assertThat(readAll(thread, size)).isEqualTo(ids);
    }
  }

  @Test
  default void listShouldGiveWholeSteps() {
    ThreadId thread = Fresh.thread();
    Step step = upsert(thread, "s");

    assertThat(list(thread, 1)).isEqualTo(Page.of(List.of(step), Optional.empty()));
  }

  @Test
  default void listShouldHoldTheStepsOfItsThreadOnly() {
    String id = Fresh.text();
    ThreadId thread = ThreadId.of(id);
    upsert(thread, "mine");
    for (String other : List.of(id + "#", id + "1", id + "#STEP#", "THREAD#" + id)) {
      upsert(ThreadId.of(other), "not mine");
    }
    Await.result(
        store().elements().upsert(Element.builder().threadId(thread).id(Fresh.element()).build()));
    Await.result(
        store().threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));

    assertThat(readAll(thread, 100)).containsExactly("mine");
  }

  @Test
  default void aCursorShouldOutliveTheStepItCameFrom() {
    ThreadId thread = Fresh.thread();
    List.of("a", "b", "c", "d", "e").forEach(id -> upsert(thread, id));
    Cursor cursor = list(thread, 2).next().orElseThrow();
    delete(thread, "b");
    delete(thread, "c");
    upsert(thread, "a2");

    assertThat(
            Await.result(store().steps().list(thread, PageRequest.first(2).after(cursor))).items())
        .extracting(step -> step.id().value())
        .containsExactly("d", "e");
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#cursors")
  default void row12_aCursorOfNobodyShouldBeInvalid(String cursor) {
    ThreadId thread = Fresh.thread();
    upsert(thread, "s");

    assertThat(
            Await.failure(
                    () ->
                        store()
                            .steps()
                            .list(thread, PageRequest.first(10).after(Cursor.of(cursor))))
                .code())
        .isEqualTo(ErrorCode.INVALID);
  }

  @Test
  default void row12_theCursorOfAnotherListShouldLeadNowhereElse() {
    ThreadId alices = Fresh.thread();
    ThreadId mallorys = Fresh.thread();
    UserId owner = Fresh.user();
    for (int i = 0; i < 3; i++) {
      upsert(alices, "alice" + i);
      upsert(mallorys, "mallory" + i);
      Await.result(
          store()
              .threads()
              .create(ChatThread.builder().id(Fresh.thread()).userId(owner).name("x" + i).build()));
    }
    Cursor ofSteps = list(alices, 1).next().orElseThrow();
    Cursor ofThreads =
        Await.result(store().threads().list(owner, PageRequest.first(1))).next().orElseThrow();
    String text = ofSteps.value();

    for (Cursor cursor :
        List.of(
            ofSteps,
            ofThreads,
            Cursor.of(text.substring(1)),
            Cursor.of(text.substring(0, text.length() - 1)),
            Cursor.of(text + text),
            Cursor.of(text.toLowerCase(Locale.ROOT)))) {
      assertThat(itemsOrRefused(mallorys, cursor)).allMatch(id -> id.startsWith("mallory"));
    }
  }

  @Test
  default void deleteShouldRemoveTheStepAndSayWhetherThereWasOne() {
    ThreadId thread = Fresh.thread();
    Step step = upsert(thread, "s");
    Step other = upsert(thread, "s2");

    assertThat(Await.result(store().steps().delete(thread, step.id()))).isTrue();
    assertThat(Await.result(store().steps().find(thread, step.id()))).isEmpty();
    assertThat(Await.result(store().steps().delete(thread, step.id()))).isFalse();
    assertThat(Await.result(store().steps().delete(Fresh.thread(), other.id()))).isFalse();
    assertThat(list(thread, 10).items()).containsExactly(other);
  }

  @Test
  default void row26_theElementsOfADeletedStepShouldStillBeNamed() {
    ThreadId thread = Fresh.thread();
    Step step = upsert(thread, "s");
    Element element =
        Await.result(
            store()
                .elements()
                .upsert(
                    Element.builder()
                        .threadId(thread)
                        .id(Fresh.element())
                        .stepId(step.id())
                        .build()));

    Await.result(store().steps().delete(thread, step.id()));

    assertThat(Await.result(store().elements().listOfStep(thread, step.id())))
        .containsExactly(element);
  }

  @Test
  default void row36_favoritesShouldBeThoseOfTheUsersThreadsTheNewestFirst() {
    UserId owner = Fresh.user();
    ThreadId one = createThread(owner);
    ThreadId two = createThread(owner);
    JsonObject favorite = JsonObject.of("favorite", JsonValue.of(true));
    Step old = upsert(one, "old", "2026-03-01T00:00:00.000000Z", favorite);
    Step young = upsert(two, "young", "2026-03-03T00:00:00.000000Z", favorite);
    Step middle = upsert(one, "middle", "2026-03-02T00:00:00.000000Z", favorite);
    upsert(one, "none", "2026-03-04T00:00:00.000000Z", JsonObject.empty());
    upsert(
        two, "no", "2026-03-04T00:00:00.000000Z", JsonObject.of("favorite", JsonValue.of(false)));
    upsert(
        two,
        "text",
        "2026-03-04T00:00:00.000000Z",
        JsonObject.of("favorite", JsonValue.of("true")));
    upsert(createThread(Fresh.user()), "not mine", "2026-03-04T00:00:00.000000Z", favorite);

    assertThat(Await.result(store().steps().listFavorites(owner)))
        .containsExactly(young, middle, old);
    assertThat(Await.result(store().steps().listFavorites(Fresh.user()))).isEmpty();
  }

  @Test
  default void row36_favoritesShouldFollowChangesAndDeletes() {
    UserId owner = Fresh.user();
    ThreadId thread = createThread(owner);
    Step set = upsert(thread, "set");
    JsonObject favorite = JsonObject.of("favorite", JsonValue.of(true));
    Step unset = upsert(thread, "unset", "2026-03-01T00:00:00Z", favorite);
    Step deleted = upsert(thread, "deleted", "2026-03-01T00:00:00Z", favorite);
    Step cleared = upsert(thread, "cleared", "2026-03-01T00:00:00Z", favorite);

    Step changed =
        Await.result(
            store().steps().update(thread, set.id(), Patch.set(StepAttributes.METADATA, favorite)));
    Await.result(
        store()
            .steps()
            .update(
                thread,
                unset.id(),
                Patch.set(
                    StepAttributes.METADATA, JsonObject.of("favorite", JsonValue.of(false)))));
    Await.result(
        store()
            .steps()
            .update(thread, cleared.id(), Patch.none().andClear(StepAttributes.METADATA)));
    Await.result(store().steps().delete(thread, deleted.id()));

    assertThat(Await.result(store().steps().listFavorites(owner))).containsExactly(changed);
    Await.result(store().threads().delete(thread));
    assertThat(Await.result(store().steps().listFavorites(owner))).isEmpty();
  }

  private ThreadId createThread(UserId owner) {
    return Await.result(
            store().threads().create(ChatThread.builder().id(Fresh.thread()).userId(owner).build()))
        .id();
  }

  private Step upsert(ThreadId thread, String id) {
    return Await.result(
        store()
            .steps()
            .upsert(Step.builder().threadId(thread).id(StepId.of(id)).output("text").build()));
  }

  private Step upsert(ThreadId thread, String id, String createdAt, JsonObject metadata) {
    return Await.result(
        store()
            .steps()
            .upsert(
                Step.builder()
                    .threadId(thread)
                    .id(StepId.of(id))
                    .createdAt(new Timestamp(createdAt))
                    .metadata(metadata)
                    .build()));
  }

  private void delete(ThreadId thread, String id) {
    Await.result(store().steps().delete(thread, StepId.of(id)));
  }

  private Page<Step> list(ThreadId thread, int first) {
    return Await.result(store().steps().list(thread, PageRequest.first(first)));
  }

  /** The ids of all pages, each of which must be full but for the last. */
  private List<String> readAll(ThreadId thread, int size) {
    List<String> all = new ArrayList<>();
    PageRequest request = PageRequest.first(size);
    while (true) {
      Page<Step> page = Await.result(store().steps().list(thread, request));
      page.items().forEach(step -> all.add(step.id().value()));
      assertThat(page.stoppedAtBudget()).isFalse();
      if (page.next().isEmpty()) {
        return all;
      }
      assertThat(page.items()).hasSize(size);
      request = request.after(page.next().get());
      assertThat(Await.result(store().steps().list(thread, request)).items())
          .as("a cursor means another item")
          .isNotEmpty();
    }
  }

  private List<String> itemsOrRefused(ThreadId thread, Cursor cursor) {
    try {
      return Await.result(store().steps().list(thread, PageRequest.first(10).after(cursor)))
          .items()
          .stream()
          .map(step -> step.id().value())
          .toList();
    } catch (DataLayerException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
      return List.of();
    }
  }
}
