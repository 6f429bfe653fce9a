package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes of steps. One request does nearly all of them; it has DynamoDB check that the step has no
 * large values. Where it has some, or would get some, the step is rewritten: {@link StepRewrite}.
 */
final class StepWrites {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");
  private static final Set<String> ONCE = Set.of(StepAttributes.CREATED_AT.name());
  private static final String STEP = StepAttributes.SCHEMA.entity();
  private static final String ID = StepAttributes.ID.name();

  private final Requests requests;
  private final LargeValues large;

  StepWrites(Requests requests, LargeValues large) {
    this.requests = requests;
    this.large = large;
  }

  /**
   * Checks that a step can be stored, with its large values elsewhere if there is a store for them.
   *
   * @throws DataLayerException {@code TOO_LARGE} when not
   */
  void check(Map<String, AttributeValue> item) {
    if (isTooLarge(item)) {
      StepLayout.of(ItemKey.of(item), JsonConverter.toObject(item)).check();
    } else {
      ItemSize.check(STEP, item);
    }
  }

  /** Writes a step over one that may be there; see {@link Update#upsert}. */
  CompletionStage<Step> upsert(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    StepRewrite rewrite =
        new StepRewrite(
            requests,
            large,
            key,
            stored -> StepAttributes.SCHEMA.merge(stored, JsonConverter.toObject(item)));
    return isTooLarge(item)
        ? rewrite.from(Map.of())
        : finish(
            key,
            rewrite,
            () ->
                MergingUpdate.upsert(
                    requests,
                    item,
                    all -> Update.upsert(all, ONCE).onlyIfMissing(Pointer.ATTRIBUTE),
                    StepWrites::largeOnly));
  }

  /** Changes a step; fails with {@code NOT_FOUND} when there is none. */
  CompletionStage<Step> patch(ThreadId thread, StepId id, Patch patch) {
    ItemKey key = Keys.step(thread, id);
    Map<String, AttributeValue> changes =
        JsonConverter.toAttributes(StepAttributes.SCHEMA.normalize(patch.changes()));
    check(changes);
    StepRewrite rewrite =
        new StepRewrite(
            requests,
            large,
            key,
            stored -> {
              if (stored.get(ID).isEmpty()) {
                throw DataLayerException.notFound(STEP, id);
              }
              return StepAttributes.SCHEMA.apply(stored, patch);
            });
    return isTooLarge(changes)
        ? requests.item(key).thenCompose(rewrite::from)
        : finish(
            key,
            rewrite,
            () ->
                MergingUpdate.patch(
                    requests,
                    key,
                    changes,
                    others ->
                        Update.patch(Schemas.STEPS, others)
                            .onlyIfHas(ID)
                            .onlyIfMissing(Pointer.ATTRIBUTE),
                    stored -> {
                      if (!stored.containsKey(ID)) {
                        throw DataLayerException.notFound(STEP, id);
                      }
                      return largeOnly(stored);
                    }));
  }

  /** What is stored when it has large values: it was not written then. */
  private static Optional<Map<String, AttributeValue>> largeOnly(
      Map<String, AttributeValue> stored) {
    return Optional.of(stored).filter(it -> it.containsKey(Pointer.ATTRIBUTE));
  }

  private CompletionStage<Step> finish(
      ItemKey key,
      StepRewrite rewrite,
      Supplier<CompletionStage<Map<String, AttributeValue>>> write) {
    return write
        .get()
        .thenCompose(
            item ->
                item.containsKey(Pointer.ATTRIBUTE)
                    ? rewrite.from(checked(key, item))
                    : shrink(key, item))
        .exceptionallyCompose(failure -> rewriteIfTooLarge(key, rewrite, failure));
  }

  /** A small change can make a large item of what is stored: then its values go elsewhere now. */
  private CompletionStage<Step> rewriteIfTooLarge(
      ItemKey key, StepRewrite rewrite, Throwable failure) {
    DataLayerException error = DynamoErrors.known(failure);
    return error.code() == ErrorCode.TOO_LARGE && large.hasStore()
        ? requests.item(key).thenCompose(rewrite::from)
        : CompletableFuture.failedStage(error);
  }

  /** Gives away large values of an item that has just been written, to leave room for feedback. */
  private CompletionStage<Step> shrink(ItemKey key, Map<String, AttributeValue> item) {
    Step step = Schemas.STEPS.entityOf(item);
    return isTooLarge(item)
        ? new StepRewrite(requests, large, key, same -> same)
            .from(item)
            .exceptionally(
                failure -> {
                  log.warn("{} stays as large as it is", key, failure);
                  return step;
                })
        : CompletableFuture.completedStage(step);
  }

  private Map<String, AttributeValue> checked(ItemKey key, Map<String, AttributeValue> stored) {
    if (!large.hasStore()) {
      throw new DataLayerException(
          ErrorCode.UNAVAILABLE,
          key + " has large values in a blob store, and none is configured here");
    }
    return stored;
  }

  private boolean isTooLarge(Map<String, AttributeValue> item) {
    return large.hasStore() && ItemSize.exceeds(StepLayout.THRESHOLD, item);
  }
}
