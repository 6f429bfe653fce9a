package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** There are no ghosts here, no values elsewhere, and nothing is missing from a list. */
final class InMemoryMaintenance implements MaintenanceRepository {
  private static final String KIND = "inventory";
  private static final int PAGE = 10;

  private final Tables tables;

  InMemoryMaintenance(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Page<ThreadInventory>> inventory(Optional<Cursor> after) {
    return tables.run(
        () -> {
          String last = after.map(it -> Cursors.position(KIND, it, 1).get(0)).orElse("");
          List<ThreadId> rest =
              tables.partitions.keySet().stream()
                  .filter(id -> id.value().compareTo(last) > 0)
                  .filter(id -> tables.partition(id).size() > 0)
                  .sorted(Comparator.comparing(ThreadId::value))
                  .toList();
          List<ThreadId> page = rest.subList(0, Math.min(PAGE, rest.size()));
          return Page.of(
              page.stream().map(this::inventory).toList(),
              page.size() < rest.size()
                  ? Optional.of(Cursors.of(KIND, page.get(page.size() - 1).value()))
                  : Optional.empty());
        });
  }

  @Override
  public CompletionStage<Optional<Set<BlobKey>>> filesOf(ThreadId thread) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(thread);
          return partition.size() == 0
              ? Optional.empty()
              : Optional.of(
                  partition.elementFiles().stream()
                      .map(ElementFile::file)
                      .collect(Collectors.toSet()));
        });
  }

  @Override
  public CompletionStage<Boolean> removeGhost(ThreadId thread, StepId step) {
    return tables.run(() -> false);
  }

  @Override
  public CompletionStage<Boolean> detachFile(ThreadId thread, ElementId element, BlobKey file) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(thread);
          boolean has = partition.elementFiles().contains(new ElementFile(element, file));
          if (has) {
            partition.elements.computeIfPresent(
                element.value(),
                (id, stored) -> stored.without(ElementAttributes.OBJECT_KEY.name()));
          }
          return has;
        });
  }

  @Override
  public CompletionStage<Boolean> detachContent(ThreadId thread, StepId step, BlobKey file) {
    return tables.run(() -> false);
  }

  @Override
  public CompletionStage<Boolean> keep(ThreadId thread) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(thread);
          boolean cleared = !partition.filesLeft.isEmpty();
          partition.filesLeft.clear();
          return cleared;
        });
  }

  @Override
  public CompletionStage<Boolean> index(ThreadId thread) {
    return tables.run(() -> false);
  }

  @Override
  public CompletionStage<Boolean> list(ThreadId thread) {
    return tables.run(() -> false);
  }

  private ThreadInventory inventory(ThreadId id) {
    Partition partition = tables.partition(id);
    Stream<Timestamp> times =
        Stream.concat(
            Stream.of(partition.activity),
            Stream.concat(
                partition.thread.stream().flatMap(InMemoryMaintenance::times),
                partition.steps.values().stream().flatMap(InMemoryMaintenance::times)));
    return ThreadInventory.builder()
        .id(id)
        .state(state(partition))
        .children(partition.steps.size() + partition.elements.size())
        .latest(
            times
                .map(Timestamp::instant)
                .flatMap(Optional::stream)
                .max(Comparator.<Instant>naturalOrder()))
        .files(partition.elementFiles())
        .isExpired(partition.thread.filter(tables::isExpired).isPresent())
        .build();
  }

  private static State state(Partition partition) {
    if (partition.thread.isEmpty()) {
      return State.MISSING;
    }
    return partition.filesLeft.isEmpty() ? State.WHOLE : State.CLEARED;
  }

  private static Stream<Timestamp> times(JsonObject entity) {
    return Stream.of(StepAttributes.CREATED_AT.name(), ThreadAttributes.UPDATED_AT.name())
        .flatMap(name -> entity.get(name).stream())
        .filter(JsonValue.Text.class::isInstance)
        .map(text -> new Timestamp(((JsonValue.Text) text).value()));
  }
}
