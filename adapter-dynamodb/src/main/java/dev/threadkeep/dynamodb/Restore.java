package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes items as they are, where there is none. */
final class Restore {
  private final Requests requests;
  private final Entries entries;
  private final Optional<BlobStore> blobs;
  private final BlobKeys keys;

  Restore(Requests requests, Optional<BlobStore> blobs, BlobKeys keys) {
    this.requests = requests;
    this.entries = new Entries(requests);
    this.blobs = blobs;
    this.keys = keys;
  }

  CompletionStage<Boolean> user(User user) {
    ItemKey key = Keys.user(user.id());
    return write(Schemas.USERS, UserAttributes.SCHEMA, key, UserAttributes.SCHEMA.toJson(user))
        .thenApply(Outcome::written);
  }

  CompletionStage<Boolean> thread(StoredItem.OfThread item) {
    EntitySchema<?, ?> schema = ThreadAttributes.SCHEMA;
    JsonObject thread = Expiry.inItem(ThreadAttributes.SCHEMA.toJson(item.thread()));
    Update update = new Update();
    item.thread()
        .userId()
        .ifPresent(
            owner -> {
              String place = item.place().map(Keys::indexSort).orElse(EntryAudit.BEGINNING);
              update
                  .set(Keys.INDEX_PK, AttributeValue.fromS(Keys.indexPartition(owner)))
                  .set(Keys.INDEX_SK, AttributeValue.fromS(place));
            });
    return write(Schemas.THREADS, schema, Keys.thread(item.thread().id()), thread, update)
        .thenApply(Outcome::written);
  }

  CompletionStage<Boolean> element(Element element) {
    ItemKey key = Keys.element(element.threadId(), element.id());
    JsonObject json = ElementAttributes.SCHEMA.toJson(element);
    return write(Schemas.ELEMENTS, ElementAttributes.SCHEMA, key, json).thenApply(Outcome::written);
  }

  /**
   * The entries come first, and are hints: when the step is there, nothing is missing. So are files
   * of large values; they have the same names each time, so that none is left over.
   */
  CompletionStage<Boolean> step(StoredItem.OfStep item) {
    Step step = item.step();
    ItemKey key = Keys.step(step.threadId(), step.id());
    JsonObject json = StepAttributes.SCHEMA.toJson(step);
    LargeValues large = new LargeValues(blobs, keys, new NamesOfContent(step.id()));
    StepLayout layout =
        large.hasStore() ? StepLayout.of(key, json) : new StepLayout(json, Set.of());
    layout.check();
    return list(item, key)
        .thenCompose(
            isThere ->
                isThere
                    ? CompletableFuture.completedStage(false)
                    : upload(large, step.threadId(), json, layout.large())
                        .thenCompose(pointers -> write(large, key, layout.item(), pointers)));
  }

  /** Writes the entries of a step, unless the step is there. */
  private CompletionStage<Boolean> list(StoredItem.OfStep item, ItemKey key) {
    return item.step().feedback().isEmpty() && !item.step().isFavorite()
        ? CompletableFuture.completedStage(false)
        : requests
            .item(key)
            .thenCompose(
                stored ->
                    stored.isEmpty()
                        ? entries.restore(item).thenApply(listed -> false)
                        : CompletableFuture.completedStage(true));
  }

  private static CompletionStage<JsonObject> upload(
      LargeValues large, ThreadId thread, JsonObject step, Set<String> names) {
    List<String> all = List.copyOf(names);
    return Stages.each(all, 1, name -> large.upload(thread, step.get(name).orElseThrow()))
        .thenApply(
            pointers -> {
              Map<String, Pointer> byName = new HashMap<>();
              for (int i = 0; i < all.size(); i++) {
                byName.put(all.get(i), pointers.get(i));
              }
              return Pointer.toJson(byName);
            });
  }

  private CompletionStage<Boolean> write(
      LargeValues large, ItemKey key, JsonObject item, JsonObject pointers) {
    JsonObject all = pointers.isEmpty() ? item : item.with(Pointer.ATTRIBUTE, pointers);
    return write(Schemas.STEPS, StepAttributes.SCHEMA, key, all)
        .thenCompose(
            outcome ->
                outcome.written()
                    ? CompletableFuture.completedStage(true)
                    : large.delete(unused(pointers, outcome.item())).thenApply(deleted -> false));
  }

  /** What is stored already may be of an earlier call, and have the very same files. */
  private static Set<BlobKey> unused(JsonObject pointers, Map<String, AttributeValue> stored) {
    Set<BlobKey> unused = new HashSet<>();
    Pointer.allOf(JsonObject.of(Pointer.ATTRIBUTE, pointers))
        .values()
        .forEach(it -> unused.add(it.key()));
    Pointer.allOf(JsonConverter.toObject(stored)).values().forEach(it -> unused.remove(it.key()));
    return unused;
  }

  private CompletionStage<Outcome> write(
      ItemSchema<?, ?> items, EntitySchema<?, ?> schema, ItemKey key, JsonObject entity) {
    return write(items, schema, key, entity, new Update());
  }

  /** Null is as good as absent, and so it is what a reader of Chainlit needs instead. */
  private CompletionStage<Outcome> write(
      ItemSchema<?, ?> items,
      EntitySchema<?, ?> schema,
      ItemKey key,
      JsonObject entity,
      Update update) {
    if (!key.isPossible()) {
      throw DataLayerException.invalid(schema.entity(), "its id fits no key of the table");
    }
    Map<String, AttributeValue> attributes = JsonConverter.toAttributes(entity);
    attributes.values().removeIf(JsonConverter::isNull);
    items.standIns().forEach(attributes::putIfAbsent);
    ItemSize.check(schema.entity(), attributes);
    attributes.forEach(update::set);
    if (!update.fits()) {
      throw DataLayerException.invalid(schema.entity(), "has too many attributes");
    }
    return requests.update(key, update.onlyIfMissing(Keys.PK));
  }

  /** So that the files of a step have the same names whenever it is restored. */
  private record NamesOfContent(StepId step) implements LargeValues.Names {
    @Override
    public String of(JsonValue value) {
      return "restored-"
          + Preview.hash(JsonObject.of("step", JsonValue.of(step.value())).with("value", value));
    }
  }
}
