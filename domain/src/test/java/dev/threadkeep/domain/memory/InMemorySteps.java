package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.StepRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

final class InMemorySteps implements StepRepository {
  private static final EntitySchema<Step, Step.Builder> SCHEMA = StepAttributes.SCHEMA;
  private static final String KIND = "steps";

  private final Tables tables;

  InMemorySteps(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Optional<Step>> find(ThreadId thread, StepId id) {
    return tables.run(
        () ->
            Optional.ofNullable(tables.partition(thread).steps.get(id.value()))
                .map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Step> upsert(Step step) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(step.threadId());
          JsonObject stored = partition.steps.getOrDefault(step.id().value(), JsonObject.empty());
          JsonObject merged =
              tables.stampIfAbsent(Tables.merge(SCHEMA, stored, step), StepAttributes.CREATED_AT);
          partition.steps.put(step.id().value(), merged);
          tables.partitions.put(step.threadId(), partition);
          return SCHEMA.fromStored(merged);
        });
  }

  @Override
  public CompletionStage<List<WriteResult<StepId>>> upsertAll(List<Step> steps) {
    return tables.run(
        () -> {
          StepAttributes.checkAll(steps);
          return steps.stream()
              .map(
                  step -> {
                    upsert(step);
                    return new WriteResult<>(step.id(), Optional.<DataLayerException>empty());
                  })
              .toList();
        });
  }

  @Override
  public CompletionStage<Step> update(ThreadId thread, StepId id, Patch patch) {
    return tables.run(
        () -> {
          SCHEMA.check(patch);
          JsonObject changed =
              tables
                  .partition(thread)
                  .steps
                  .computeIfPresent(id.value(), (key, stored) -> SCHEMA.apply(stored, patch));
          return Optional.ofNullable(changed)
              .map(SCHEMA::fromStored)
              .orElseThrow(() -> DataLayerException.notFound("step", id));
        });
  }

  @Override
  public CompletionStage<Boolean> delete(ThreadId thread, StepId id) {
    return tables.run(() -> tables.partition(thread).remove(id));
  }

  @Override
  public CompletionStage<Page<Step>> list(ThreadId thread, PageRequest page) {
    return tables.run(
        () -> {
          SortedMap<String, JsonObject> steps = tables.partition(thread).steps;
          if (page.after().isPresent()) {
            String last = Cursors.position(KIND, page.after().get(), 1).get(0);
            steps = steps.tailMap(last + '\0'); // the smallest text that is larger
          }
          List<Step> items =
              steps.values().stream().limit(page.first()).map(SCHEMA::fromStored).toList();
          boolean more = steps.size() > items.size();
          return Page.of(
              items,
              more
                  ? Optional.of(Cursors.of(KIND, items.get(items.size() - 1).id().value()))
                  : Optional.empty());
        });
  }

  @Override
  public CompletionStage<List<Step>> listFavorites(UserId owner) {
    return tables.run(
        () ->
            tables.partitions.values().stream()
                .filter(partition -> isOwnedBy(partition, owner))
                .flatMap(partition -> partition.steps.values().stream())
                .map(SCHEMA::fromStored)
                .filter(Step::isFavorite)
                .sorted(
                    Comparator.comparing(
                            (Step step) -> step.createdAt().orElseThrow(), Timestamp.ORDER)
                        .reversed())
                .toList());
  }

  private boolean isOwnedBy(Partition partition, UserId owner) {
    return tables
        .live(partition)
        .map(ThreadAttributes.SCHEMA::fromStored)
        .flatMap(thread -> thread.userId())
        .equals(Optional.of(owner));
  }
}
