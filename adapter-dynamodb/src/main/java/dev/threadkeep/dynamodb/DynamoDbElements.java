package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.dynamodb.MergingUpdate.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The elements. */
final class DynamoDbElements implements ElementRepository {
  private final Requests requests;
  private final DynamoDbAsyncTable<Element> elements;

  DynamoDbElements(Requests requests) {
    this.requests = requests;
    this.elements = requests.items(Schemas.ELEMENTS);
  }

  @Override
  public CompletionStage<Optional<Element>> find(ThreadId thread, ElementId id) {
    return requests.find(elements, Keys.element(thread, id));
  }

  @Override
  public CompletionStage<Element> upsert(Element element) {
    return Stages.begin(
        () -> {
          ElementAttributes.SCHEMA.check(element);
          Map<String, AttributeValue> item = Schemas.ELEMENTS.itemToMap(element, true);
          ItemSize.check(ElementAttributes.SCHEMA.entity(), item);
          return MergingUpdate.upsert(
                  requests, item, all -> Update.upsert(all, Set.of()), Refusal.NONE)
              .thenApply(Schemas.ELEMENTS::entityOf);
        });
  }

  @Override
  public CompletionStage<Optional<Element>> delete(ThreadId thread, ElementId id) {
    return requests.delete(elements, Keys.element(thread, id));
  }

  /** Consistent, because a delete takes along what is found here. */
  @Override
  public CompletionStage<List<Element>> listOfStep(ThreadId thread, StepId step) {
    Query ofStep =
        Query.elements(thread)
            .where(AttributeValue.fromS(step.value()), ElementAttributes.FOR_ID.name())
            .consistent();
    List<Element> found = new ArrayList<>();
    return requests
        .queryAll(ofStep, item -> Schemas.ELEMENTS.read(item).ifPresent(found::add))
        .thenApply(all -> found);
  }
}
