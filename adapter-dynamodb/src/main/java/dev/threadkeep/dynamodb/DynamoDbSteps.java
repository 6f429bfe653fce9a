package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.StepRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The steps. */
final class DynamoDbSteps implements StepRepository {
  private static final String STEP = StepAttributes.SCHEMA.entity();

  /** Steps of one bulk write that are under way at the same time. */
  private static final int AT_A_TIME = 10;

  private final Requests requests;
  private final DynamoDbAsyncTable<Step> steps;
  private final LargeValues large;
  private final StepWrites writes;
  private final Batches batches;
  private final Entries entries;
  private final Clock clock;

  DynamoDbSteps(Requests requests, Batches batches, LargeValues large, Clock clock) {
    this.requests = requests;
    this.steps = requests.items(Schemas.STEPS);
    this.large = large;
    this.writes = new StepWrites(requests, large);
    this.batches = batches;
    this.entries = new Entries(requests);
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<Step>> find(ThreadId thread, StepId id) {
    return requests
        .find(steps, Keys.step(thread, id))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(found)
                    : large.complete(found.get()).thenApply(Optional::of));
  }

  @Override
  public CompletionStage<Step> upsert(Step step) {
    return Stages.begin(() -> write(itemOf(step)));
  }

  @Override
  public CompletionStage<List<WriteResult<StepId>>> upsertAll(List<Step> batch) {
    return Stages.begin(() -> Stages.each(itemsOf(batch), AT_A_TIME, this::tryToWrite));
  }

  @Override
  public CompletionStage<Step> update(ThreadId thread, StepId id, Patch patch) {
    return Stages.begin(
        () -> {
          StepAttributes.SCHEMA.check(patch);
          if (patch.isNothing()) {
            return find(thread, id).thenApply(found -> found.orElseThrow(() -> notFound(id)));
          }
          return writes.patch(thread, id, patch).thenCompose(step -> follow(step, mayMark(patch)));
        });
  }

  @Override
  public CompletionStage<Boolean> delete(ThreadId thread, StepId id) {
    return requests
        .delete(steps, Keys.step(thread, id))
        .thenCompose(
            deleted ->
                large
                    .delete(deleted.map(DynamoDbSteps::files).orElse(List.of()))
                    .thenCompose(
                        gone ->
                            deleted
                                .map(entries::removeAll)
                                .orElse(CompletableFuture.completedStage(null)))
                    .thenApply(gone -> deleted.isPresent()));
  }

  @Override
  public CompletionStage<Page<Step>> list(ThreadId thread, PageRequest page) {
    return Stages.begin(
        () ->
            new Listing<>(
                    requests,
                    () -> Query.steps(thread),
                    Listing.Reader.of(Schemas.STEPS::read),
                    item -> Keys.stepOf(ItemKey.of(item)).map(id -> Cursors.of(id.value())),
                    page.first(),
                    Integer.MAX_VALUE)
                .page(page.after().map(after -> keyOf(thread, after)).orElse(Map.of()))
                .thenCompose(this::complete));
  }

  @Override
  public CompletionStage<List<Step>> listFavorites(UserId owner) {
    return new Favorites(requests, batches, clock).list(owner).thenCompose(large::complete);
  }

  private CompletionStage<Step> write(Map<String, AttributeValue> item) {
    boolean mayMark =
        item.getOrDefault(EntitySchema.METADATA, Schemas.NULL).m().containsKey(Step.FAVORITE);
    return writes.upsert(item).thenCompose(step -> follow(step, mayMark));
  }

  /** Metadata that is no object replaces what is stored, and a mark in it. */
  private static boolean mayMark(Patch patch) {
    return patch
        .changes()
        .get(EntitySchema.METADATA)
        .filter(it -> !(it instanceof JsonObject members) || members.get(Step.FAVORITE).isPresent())
        .isPresent();
  }

  /** Keeps the list of favourites, if what was written may change it. */
  private CompletionStage<Step> follow(Step stored, boolean mayChange) {
    return mayChange
        ? entries.follow(Mark.FAVORITE, stored).thenApply(done -> stored)
        : CompletableFuture.completedStage(stored);
  }

  private CompletionStage<Page<Step>> complete(Page<Step> page) {
    return large
        .complete(page.items())
        .thenApply(steps -> new Page<>(steps, page.next(), page.stoppedAtBudget()));
  }

  private CompletionStage<WriteResult<StepId>> tryToWrite(Map<String, AttributeValue> item) {
    StepId id = Keys.stepOf(ItemKey.of(item)).orElseThrow();
    return write(item)
        .handle(
            (step, failure) ->
                new WriteResult<>(id, Optional.ofNullable(failure).map(DynamoErrors::known)));
  }

  /** The item to write; a feedback has a port of its own, and the error of a read is no content. */
  private Map<String, AttributeValue> itemOf(Step step) {
    StepAttributes.SCHEMA.check(step);
    Map<String, AttributeValue> item = Schemas.STEPS.itemToMap(step, true);
    item.remove(StepAttributes.FEEDBACK.name());
    item.remove(LargeValues.ERROR);
    item.computeIfAbsent(
        StepAttributes.CREATED_AT.name(),
        missing -> AttributeValue.fromS(Timestamp.of(clock.instant()).text()));
    writes.check(item);
    return item;
  }

  private List<Map<String, AttributeValue>> itemsOf(List<Step> batch) {
    StepAttributes.checkAll(batch);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      try {
        items.add(itemOf(batch.get(i)));
      } catch (DataLayerException tooLarge) {
        throw tooLarge.within("steps[" + i + "]");
      }
    }
    return items;
  }

  private static Map<String, AttributeValue> keyOf(ThreadId thread, Cursor after) {
    ItemKey key = Keys.step(thread, StepId.of(Cursors.position(after, 1).get(0)));
    if (!key.isPossible()) {
      throw Cursors.invalid();
    }
    return key.attributes();
  }

  private static List<BlobKey> files(Step deleted) {
    return Pointer.allOf(deleted.other()).values().stream().map(Pointer::key).toList();
  }

  private static DataLayerException notFound(StepId id) {
    return DataLayerException.notFound(STEP, id);
  }
}
