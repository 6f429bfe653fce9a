package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/** What every {@link MaintenanceRepository} sees and mends. */
public interface MaintenanceRepositoryContract extends StoreContract {
  @Test
  default void inventoryShouldTellOfAWholeThread() {
    ThreadId thread = thread();
    step(thread, "s", "2026-03-01T10:00:00.000001Z");
    element(thread, "with", "u/t/e");
    Await.result(
        store().elements().upsert(Element.builder().threadId(thread).id(Fresh.element()).build()));

    ThreadInventory inventory = inventory(thread);

    assertThat(inventory.state()).isEqualTo(State.WHOLE);
    assertThat(inventory.children()).isEqualTo(3);
    assertThat(inventory.files())
        .containsExactly(new ElementFile(ElementId.of("with"), BlobKey.of("u/t/e")));
    assertThat(inventory.ghosts()).isEmpty();
    assertThat(inventory.contents()).isEmpty();
    assertThat(inventory.latest())
        .hasValueSatisfying(
            it -> assertThat(it).isAfterOrEqualTo(Instant.parse("2026-03-01T10:00:00.000001Z")));
  }

  @Test
  default void inventoryShouldTellOfChildrenWithoutAThread() {
    ThreadId steps = Fresh.thread();
    ThreadId elements = Fresh.thread();
    step(steps, "a", "2026-03-01T10:00:00Z");
    step(steps, "b", "2026-03-02T10:00:00Z");
    element(elements, "e", "u/t/e");

    assertThat(inventory(steps))
        .isEqualTo(
            ThreadInventory.builder()
                .id(steps)
                .state(State.MISSING)
                .children(2)
                .latest(Instant.parse("2026-03-02T10:00:00Z"))
                .build());
    assertThat(inventory(elements))
        .isEqualTo(
            ThreadInventory.builder()
                .id(elements)
                .state(State.MISSING)
                .children(1)
                .addFiles(new ElementFile(ElementId.of("e"), BlobKey.of("u/t/e")))
                .build());
  }

  @Test
  default void inventoryShouldTellOfAThreadWhoseDeleteHasBegun() {
    ThreadId thread = thread();
    element(thread, "e", "u/t/e");
    Await.result(store().threads().clear(thread));

    assertThat(inventory(thread).state()).isEqualTo(State.CLEARED);
    assertThat(inventory(thread).children()).isZero();
    assertThat(Await.result(store().maintenance().filesOf(thread)).orElseThrow()).isEmpty();
    assertThat(Await.result(store().threads().find(thread)).orElseThrow().other().members())
        .isEmpty();
  }

  @Test
  default void aDeleteThatBeganShouldFindItsFilesAgain() {
    ThreadId thread = thread();
    element(thread, "a", "u/t/a");
    element(thread, "b", "u/t/b");
    Await.result(store().threads().clear(thread));
    element(thread, "c", "u/t/c");

    assertThat(Await.result(store().threads().clear(thread)).files())
        .containsExactlyInAnyOrder(BlobKey.of("u/t/a"), BlobKey.of("u/t/b"), BlobKey.of("u/t/c"));
    Deletion last = Await.result(store().threads().delete(thread));
    assertThat(last.items()).isEqualTo(1);
    assertThat(last.files()).hasSize(3);
    assertThat(Await.result(store().threads().delete(thread)))
        .isEqualTo(new Deletion(0, List.of()));
  }

  @Test
  default void keepShouldMakeAThreadForgetThatItsDeleteBegan() {
    ThreadId thread = thread();
    element(thread, "e", "u/t/e");
    Await.result(store().threads().clear(thread));

    assertThat(Await.result(store().maintenance().keep(thread))).isTrue();
    assertThat(inventory(thread).state()).isEqualTo(State.WHOLE);
    assertThat(Await.result(store().threads().clear(thread)).files()).isEmpty();
    assertThat(Await.result(store().maintenance().keep(thread))).isFalse();
    assertThat(Await.result(store().maintenance().keep(Fresh.thread()))).isFalse();
  }

  @Test
  default void clearShouldRememberNothingWhereThereAreNoFiles() {
    ThreadId thread = thread();
    step(thread, "s", "2026-03-01T10:00:00Z");
    Await.result(store().threads().clear(thread));

    assertThat(inventory(thread).state()).isEqualTo(State.WHOLE);
  }

  @Test
  default void inventoryShouldReadOnToTheEnd() {
    List<Supplier<CompletionStage<ChatThread>>> creates = new ArrayList<>();
    List<ThreadId> ids = IntStream.range(0, 250).mapToObj(i -> Fresh.thread()).toList();
    ids.forEach(
        id -> creates.add(() -> store().threads().create(ChatThread.builder().id(id).build())));
    Await.all(creates);
    List<ThreadId> hostile =
        Hostile.ids()
            .map(Named::getPayload)
            .filter(id -> id.length() < 60)
            .map(id -> ThreadId.of(id + Fresh.text()))
            .toList();
    hostile.forEach(id -> step(id, "s", "2026-03-01T10:00:00Z"));
    Await.result(store().users().upsert(User.builder().id(Fresh.user()).build()));

    Map<ThreadId, ThreadInventory> all = all();

    assertThat(all).containsKeys(ids.toArray(ThreadId[]::new));
    assertThat(all).containsKeys(hostile.toArray(ThreadId[]::new));
  }

  @Test
  default void aCursorOfNoInventoryShouldBeRefused() {
    Await.refused(
        ErrorCode.INVALID,
        "cursor: ",
        () -> store().maintenance().inventory(Optional.of(Cursor.of("no cursor"))));
  }

  @Test
  default void filesOfShouldBeThoseThatElementsHave() {
    ThreadId thread = thread();
    element(thread, "a", "u/t/a");
    element(thread, "b", "elsewhere");
    step(thread, "s", "2026-03-01T10:00:00Z");

    assertThat(Await.result(store().maintenance().filesOf(thread)).orElseThrow())
        .containsExactlyInAnyOrder(BlobKey.of("u/t/a"), BlobKey.of("elsewhere"));
    assertThat(Await.result(store().maintenance().filesOf(thread())).orElseThrow()).isEmpty();
    assertThat(Await.result(store().maintenance().filesOf(Fresh.thread()))).isEmpty();
    ThreadId orphans = Fresh.thread();
    step(orphans, "s", "2026-03-01T10:00:00Z");
    assertThat(Await.result(store().maintenance().filesOf(orphans)).orElseThrow()).isEmpty();
  }

  @Test
  default void detachFileShouldLeaveAnElementWithoutAFile() {
    ThreadId thread = thread();
    Element element = element(thread, "e", "u/t/e");
    MaintenanceRepository maintenance = store().maintenance();

    assertThat(Await.result(maintenance.detachFile(thread, element.id(), BlobKey.of("other"))))
        .isFalse();
    assertThat(Await.result(store().elements().find(thread, element.id()))).contains(element);
    assertThat(Await.result(maintenance.detachFile(thread, element.id(), BlobKey.of("u/t/e"))))
        .isTrue();
    assertThat(Await.result(store().elements().find(thread, element.id())))
        .contains(Element.builder().from(element).objectKey(Optional.empty()).build());
    assertThat(Await.result(maintenance.detachFile(thread, element.id(), BlobKey.of("u/t/e"))))
        .isFalse();
    assertThat(Await.result(maintenance.detachFile(thread, Fresh.element(), BlobKey.of("u/t/e"))))
        .isFalse();
  }

  @Test
  default void repairsShouldTouchNothingWhole() {
    ThreadId thread = thread();
    Step step = step(thread, "s", "2026-03-01T10:00:00Z");
    ChatThread before = Await.result(store().threads().find(thread)).orElseThrow();
    MaintenanceRepository maintenance = store().maintenance();

    assertThat(Await.result(maintenance.removeGhost(thread, step.id()))).isFalse();
    assertThat(Await.result(maintenance.removeGhost(thread, Fresh.step()))).isFalse();
    assertThat(Await.result(maintenance.detachContent(thread, step.id(), BlobKey.of("x"))))
        .isFalse();
    assertThat(Await.result(maintenance.detachContent(thread, Fresh.step(), BlobKey.of("x"))))
        .isFalse();
    assertThat(Await.result(maintenance.list(thread))).isFalse();
    assertThat(Await.result(maintenance.list(Fresh.thread()))).isFalse();
    assertThat(Await.result(store().steps().find(thread, step.id()))).contains(step);
    assertThat(Await.result(store().threads().find(thread))).contains(before);
  }

  private ThreadId thread() {
    ThreadId id = Fresh.thread();
    Await.result(
        store().threads().create(ChatThread.builder().id(id).userId(Fresh.user()).build()));
    return id;
  }

  private Step step(ThreadId thread, String id, String createdAt) {
    return Await.result(
        store()
            .steps()
            .upsert(
                Step.builder()
                    .threadId(thread)
                    .id(StepId.of(id))
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

  private ThreadInventory inventory(ThreadId thread) {
    return all().get(thread);
  }

  private Map<ThreadId, ThreadInventory> all() {
    Map<ThreadId, ThreadInventory> all = new HashMap<>();
    Await.pages(store().maintenance()::inventory)
        .forEach(it -> assertThat(all.put(it.id(), it)).as(it.id().value()).isNull());
    return all;
  }
}
