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
import java.util.Collections;
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

  /** The SDK repeats a write whose reply was lost, and may fail with what came of the last one. */
  private static final Set<ErrorCode> PERHAPS_WRITTEN =
      Set.of(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.THROTTLED, ErrorCode.UNAVAILABLE);

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
              StepLayout layout =
                  StepLayout.of(key, replaced(after, kept.keySet(), before), kept.keySet());
              layout.check();
              Set<String> moved = new HashSet<>(layout.large());
              moved.removeIf(name -> !whole.get(name).equals(after.get(name)));
              return upload(after, layout.large())
                  .thenCompose(
                      uploaded -> {
                        Map<String, Pointer> pointers = new HashMap<>(kept);
                        pointers.putAll(uploaded);
                        return write(stored, before, layout.item(), pointers, moved)
                            .exceptionallyCompose(
                                failure ->
                                    isPerhapsWritten(failure)
                                        ? CompletableFuture.failedStage(failure)
                                        : withdraw(uploaded, failure))
                            .thenCompose(
                                outcome ->
                                    outcome.written() || isPointedTo(uploaded, outcome.item())
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

  /**
   * Writes the item.
   *
   * @param moved attributes whose values the change left alone, and that go elsewhere now: what
   *     somebody else made of them meanwhile must not be lost
   */
  private CompletionStage<Outcome> write(
      Map<String, AttributeValue> stored,
      JsonObject before,
      JsonObject item,
      Map<String, Pointer> pointers,
      Set<String> moved) {
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
      Set<String> kept = new HashSet<>(moved);
      if (!after.get(METADATA).equals(before.get(METADATA))) {
        kept.add(METADATA); // it was merged
      }
      kept.forEach(name -> update.onlyIfStill(name, stored.get(name)));
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

  /**
   * Whether the item points to one of these files, whose names nobody else has: then a refusal is
   * the answer to the SDK's own repetition of a write whose reply was lost.
   */
  private static boolean isPointedTo(
      Map<String, Pointer> uploaded, Map<String, AttributeValue> item) {
    return !Collections.disjoint(
        files(uploaded), files(Pointer.allOf(JsonConverter.toObject(item))));
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

  /** Fails; first it removes the files, to which nothing points. */
  private <T> CompletionStage<T> withdraw(Map<String, Pointer> uploaded, Throwable failure) {
    return large
        .delete(files(uploaded))
        .thenCompose(gone -> CompletableFuture.failedStage(DynamoErrors.known(failure)));
  }

  /** Whether a failed write may have been done all the same, by an attempt before the last one. */
  private static boolean isPerhapsWritten(Throwable failure) {
    return PERHAPS_WRITTEN.contains(DynamoErrors.known(failure).code());
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
