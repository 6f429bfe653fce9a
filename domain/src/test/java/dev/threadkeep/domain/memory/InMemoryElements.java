package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.ElementRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

final class InMemoryElements implements ElementRepository {
  private static final EntitySchema<Element, Element.Builder> SCHEMA = ElementAttributes.SCHEMA;

  private final Tables tables;

  InMemoryElements(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Optional<Element>> find(ThreadId thread, ElementId id) {
    return tables.run(
        () ->
            Optional.ofNullable(tables.partition(thread).elements.get(id.value()))
                .map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Element> upsert(Element element) {
    return tables.run(
        () -> {
          Partition partition = tables.partition(element.threadId());
          JsonObject stored =
              partition.elements.getOrDefault(element.id().value(), JsonObject.empty());
          JsonObject merged = Tables.merge(SCHEMA, stored, element);
          partition.elements.put(element.id().value(), merged);
          tables.partitions.put(element.threadId(), partition);
          return SCHEMA.fromStored(merged);
        });
  }

  @Override
  public CompletionStage<Optional<Element>> delete(ThreadId thread, ElementId id) {
    return tables.run(
        () ->
            Optional.ofNullable(tables.partition(thread).elements.remove(id.value()))
                .map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<List<Element>> listOfStep(ThreadId thread, StepId step) {
    return tables.run(
        () ->
            tables.partition(thread).elements.values().stream()
                .map(SCHEMA::fromStored)
                .filter(element -> element.stepId().equals(Optional.of(step)))
                .toList());
  }
}
