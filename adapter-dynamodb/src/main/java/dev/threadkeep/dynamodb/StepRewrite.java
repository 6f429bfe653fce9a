package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of a step that has large values, or gets some: the whole step is put together, changed,
 * and taken apart again. Whatever stops this loses nothing: new files come first, then the item,
 * then go the files that it no longer points to. The item is written only if it still is as it was
 * seen, in all that matters here; otherwise the change is made again, to what is there now.
 */
final class StepRewrite {
  private static final int ATTEMPTS = 5;
  private static final String METADATA = EntitySchema.METADATA;

  private final Requests requests;
  private final LargeValues large;
  private final ItemKey key;
  private final UnaryOperator<JsonObject> change;

  /**
   * A change.
   *
   * @param change makes the step of the stored one, which is empty when there is none; may throw
   */
  StepRewrite(Requests requests, LargeValues large, ItemKey key, UnaryOperator<JsonObject> change) {
    this.requests = requests;
    this.large = large;
    this.key = key;
    this.change = change;
  }

  /**
   * Makes the change.
   *
   * @param stored what is thought to be stored; empty for nothing
   * @return the step as it is stored now
   */
  CompletionStage<Step> from(Map<String, AttributeValue> stored) {
    return attempt(stored, 1);
  }

  private CompletionStage<Step> attempt(Map<String, AttributeValue> stored, int number) {
    JsonObject before = JsonConverter.toObject(stored);
    return large
        .restore(before)
        .thenCompose(
            whole -> {
              JsonObject after = change.apply(withMetadata(whole));
              Map<String, Pointer> kept = Pointer.validOf(before);
              kept.keySet().removeIf(name -> !whole.get(name).equals(after.get(name)));
              StepLayout layout = StepLayout.of(key, replaced(after, kept.keySet(), before));
              layout.check();
              return upload(after, layout.large())
                  .thenCompose(
                      uploaded -> {
                        Map<String, Pointer> pointers = new HashMap<>(kept);
                        pointers.putAll(uploaded);
                        return write(stored, before, layout.item(), pointers)
                            .exceptionallyCompose(failure -> withdraw(uploaded, failure))
                            .thenCompose(
                                outcome ->
                                    outcome.written()
                                        ? settle(before, after, outcome.item())
                                        : again(uploaded, outcome, number));
                      });
            });
  }

  private CompletionStage<Map<String, Pointer>> upload(JsonObject step, Set<String> names) {
    Map<String, Pointer> uploaded = new ConcurrentHashMap<>();
    ThreadId thread = Keys.threadOf(key).orElseThrow();
    return Stages.each(
            List.copyOf(names),
            names.size(),
            name ->
                large
                    .upload(thread, step.get(name).orElseThrow())
                    .thenAccept(pointer -> uploaded.put(name, pointer)))
        .thenApply(all -> uploaded)
        .exceptionallyCompose(failure -> withdraw(uploaded, failure));
  }

  private CompletionStage<Outcome> write(
      Map<String, AttributeValue> stored,
      JsonObject before,
      JsonObject item,
      Map<String, Pointer> pointers) {
    JsonObject after =
        pointers.isEmpty() ? item : item.with(Pointer.ATTRIBUTE, Pointer.toJson(pointers));
    if (after.equals(before)) {
      return CompletableFuture.completedStage(new Outcome(true, stored, null));
    }
    Update update = Update.difference(before, after);
    if (stored.isEmpty()) {
      update.onlyIfMissing(Keys.PK);
    } else {
      update.onlyIfHas(Keys.PK).onlyIfStill(Pointer.ATTRIBUTE, stored.get(Pointer.ATTRIBUTE));
      if (!after.get(METADATA).equals(before.get(METADATA))) {
        update.onlyIfStill(METADATA, stored.get(METADATA));
      }
    }
    return requests.update(key, update);
  }

  private CompletionStage<Step> settle(
      JsonObject before, JsonObject after, Map<String, AttributeValue> item) {
    JsonObject stored = JsonConverter.toObject(item);
    Set<BlobKey> unused = files(Pointer.allOf(before));
    unused.removeAll(files(Pointer.allOf(stored)));
    JsonObject step = StepAttributes.SCHEMA.toJson(Schemas.STEPS.entityOf(item));
    JsonObject whole =
        replaced(step, Pointer.validOf(stored).keySet(), after).without(Pointer.ATTRIBUTE);
    return large.delete(unused).thenApply(gone -> StepAttributes.SCHEMA.fromStored(whole));
  }

  private CompletionStage<Step> again(Map<String, Pointer> uploaded, Outcome outcome, int number) {
    return large
        .delete(files(uploaded))
        .thenCompose(
            gone ->
                number == ATTEMPTS
                    ? CompletableFuture.failedStage(
                        new DataLayerException(
                            ErrorCode.CONFLICT, key + " changed too often meanwhile"))
                    : attempt(outcome.item(), number + 1));
  }

  /** Fails; first it removes the files, unless the item may point to them. */
  private <T> CompletionStage<T> withdraw(Map<String, Pointer> uploaded, Throwable failure) {
    DataLayerException error = DynamoErrors.known(failure);
    return error.code() == ErrorCode.OUTCOME_UNKNOWN
        ? CompletableFuture.failedStage(error)
        : large.delete(files(uploaded)).thenCompose(gone -> CompletableFuture.failedStage(error));
  }

  /** Some writers stored metadata as text; it is merged as what it says. */
  private static JsonObject withMetadata(JsonObject step) {
    return step.get(METADATA).orElse(JsonValue.Null.NULL) instanceof JsonValue.Text text
        ? step.with(METADATA, Draft.parse(text))
        : step;
  }

  /** A step with these attributes as another one has them. */
  private static JsonObject replaced(JsonObject step, Collection<String> names, JsonObject other) {
    JsonObject result = step;
    for (String name : names) {
      JsonObject before = result;
      Optional<JsonValue> value = other.get(name);
      result = value.map(it -> before.with(name, it)).orElse(before);
    }
    return result;
  }

  private static Set<BlobKey> files(Map<String, Pointer> pointers) {
    Set<BlobKey> files = new HashSet<>();
    pointers.values().forEach(pointer -> files.add(pointer.key()));
    return files;
  }
}
