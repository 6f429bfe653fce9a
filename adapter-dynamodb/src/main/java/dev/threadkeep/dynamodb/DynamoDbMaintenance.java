package dev.threadkeep.dynamodb;

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
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The check-up of the table. */
final class DynamoDbMaintenance implements MaintenanceRepository {
  private static final Timestamp BEGINNING = Timestamp.of(Instant.EPOCH);

  private final Requests requests;
  private final Clock clock;
  private final Entries entries;

  DynamoDbMaintenance(Requests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
    this.entries = new Entries(requests);
  }

  @Override
  public CompletionStage<Page<ThreadInventory>> inventory(Optional<Cursor> after) {
    return Stages.begin(
        () ->
            new InventoryScan(requests, clock)
                .page(after.map(DynamoDbMaintenance::keyOf).orElse(Map.of())));
  }

  @Override
  public CompletionStage<Optional<Set<BlobKey>>> filesOf(ThreadId thread) {
    Inventory inventory = new Inventory(thread, clock.instant());
    return requests
        .queryAll(Query.thread(thread).consistent(), inventory::add)
        .thenApply(all -> inventory.isEmpty() ? Optional.empty() : Optional.of(inventory.files()));
  }

  @Override
  public CompletionStage<Boolean> removeGhost(ThreadId thread, StepId step) {
    return requests.deleteWithout(Keys.step(thread, step), StepAttributes.ID.name());
  }

  @Override
  public CompletionStage<Boolean> detachFile(ThreadId thread, ElementId element, BlobKey file) {
    String attribute = ElementAttributes.OBJECT_KEY.name();
    Update update =
        new Update()
            .set(attribute, Schemas.ELEMENTS.standIn(attribute).orElseThrow())
            .onlyIfStill(attribute, AttributeValue.fromS(file.value()));
    return requests.update(Keys.element(thread, element), update).thenApply(Outcome::written);
  }

  @Override
  public CompletionStage<Boolean> detachContent(ThreadId thread, StepId step, BlobKey file) {
    ItemKey key = Keys.step(thread, step);
    return requests
        .item(key)
        .thenCompose(
            item -> {
              Map<String, Pointer> pointers = Pointer.allOf(JsonConverter.toObject(item));
              if (!pointers.values().removeIf(pointer -> pointer.key().equals(file))) {
                return CompletableFuture.completedStage(false);
              }
              Update update =
                  new Update().onlyIfStill(Pointer.ATTRIBUTE, item.get(Pointer.ATTRIBUTE));
              if (pointers.isEmpty()) {
                update.remove(Pointer.ATTRIBUTE);
              } else {
                update.set(Pointer.ATTRIBUTE, JsonConverter.toAttribute(Pointer.toJson(pointers)));
              }
              return requests.update(key, update).thenApply(Outcome::written);
            });
  }

  @Override
  public CompletionStage<Boolean> keep(ThreadId thread) {
    Update update = new Update().remove(Keys.FILES_LEFT).onlyIfHas(Keys.FILES_LEFT);
    return requests.update(Keys.thread(thread), update).thenApply(Outcome::written);
  }

  @Override
  public CompletionStage<Boolean> index(ThreadId thread) {
    Inventory inventory = new Inventory(thread, clock.instant());
    return requests
        .queryAll(Query.thread(thread).consistent(), inventory::add)
        .thenCompose(all -> entries.mend(inventory.entries()));
  }

  @Override
  public CompletionStage<Boolean> list(ThreadId thread) {
    ItemKey key = Keys.thread(thread);
    return requests
        .item(key)
        .thenCompose(
            item -> {
              Optional<UserId> owner = Inventory.owner(item);
              if (item.isEmpty() || owner.isEmpty() || item.containsKey(Keys.INDEX_PK)) {
                return CompletableFuture.completedStage(false);
              }
              String place = Keys.indexSort(createdAt(item));
              Update update =
                  new Update()
                      .set(Keys.INDEX_PK, AttributeValue.fromS(Keys.indexPartition(owner.get())))
                      .set(Keys.INDEX_SK, AttributeValue.fromS(place))
                      .onlyIfMissing(Keys.INDEX_PK)
                      .onlyIfStill(
                          ThreadAttributes.USER_ID.name(),
                          item.get(ThreadAttributes.USER_ID.name()));
              return requests.update(key, update).thenApply(Outcome::written);
            });
  }

  private static Timestamp createdAt(Map<String, AttributeValue> item) {
    return new Timestamp(Keys.text(item, ThreadAttributes.CREATED_AT.name()))
        .normalized()
        .orElse(BEGINNING);
  }

  private static Map<String, AttributeValue> keyOf(Cursor after) {
    List<String> position = Cursors.position(after, 2);
    ItemKey key = new ItemKey(position.get(0), position.get(1));
    if (!key.isPossible()) {
      throw Cursors.invalid();
    }
    return key.attributes();
  }
}
