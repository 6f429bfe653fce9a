package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update that merges metadata into what is stored, whatever that is. DynamoDB can set members of
 * a map only where there is one, so each attempt takes what is stored for something, and has
 * DynamoDB check that. The first guess is nearly always right; a refusal tells what is stored, and
 * the next attempt knows. Only other writers at the same moment can make it wrong again.
 */
final class MergingUpdate {
  private static final int ATTEMPTS = 5;
  private static final String METADATA = EntitySchema.METADATA;
  private static final AttributeValue MAP = AttributeValue.fromS("M");

  private final Requests requests;
  private final ItemKey key;
  private final Supplier<Update> others;
  private final JsonObject metadata;
  private final Refusal refusal;

  /** What a refused update means. */
  @FunctionalInterface
  interface Refusal {
    /** No other condition than those about metadata. */
    Refusal NONE = stored -> Optional.empty();

    /**
     * Looks at what is stored: gives it when it is as good as written, nothing when only the
     * metadata was in the way.
     *
     * @throws DataLayerException when it must not be written at all
     */
    Optional<Map<String, AttributeValue>> settle(Map<String, AttributeValue> stored);
  }

  /**
   * An update.
   *
   * @param others makes all of the update but for the metadata
   * @param metadata the members to merge; a null removes one
   * @param refusal what it means when the conditions of the others do not hold
   */
  MergingUpdate(
      Requests requests,
      ItemKey key,
      Supplier<Update> others,
      JsonObject metadata,
      Refusal refusal) {
    this.requests = requests;
    this.key = key;
    this.others = others;
    this.metadata = metadata;
    this.refusal = refusal;
  }

  /**
   * Writes an entity over one that may be there; see {@link Update#upsert}.
   *
   * @param others makes the update for all attributes but the metadata
   * @return the item as it is stored now
   */
  static CompletionStage<Map<String, AttributeValue>> upsert(
      Requests requests,
      Map<String, AttributeValue> item,
      Function<Map<String, AttributeValue>, Update> others,
      Refusal refusal) {
    ItemKey key = ItemKey.of(item);
    AttributeValue whole = item.getOrDefault(METADATA, Schemas.NULL);
    if (!whole.hasM() || whole.m().isEmpty()) {
      return new MergingUpdate(requests, key, () -> others.apply(item), JsonObject.empty(), refusal)
          .create();
    }
    Map<String, AttributeValue> rest = new HashMap<>(item);
    rest.remove(METADATA);
    return new MergingUpdate(
            requests, key, () -> others.apply(rest), Draft.metadata(whole), refusal)
        .create();
  }

  /**
   * Changes an entity that is there; see {@link Update#patch}.
   *
   * @param changes what to change
   * @param others makes the update for all changes but those of metadata
   * @return the item as it is stored now
   */
  static CompletionStage<Map<String, AttributeValue>> patch(
      Requests requests,
      ItemKey key,
      JsonObject changes,
      Function<JsonObject, Update> others,
      Refusal refusal) {
    if (changes.get(METADATA).orElse(JsonValue.Null.NULL) instanceof JsonObject metadata) {
      JsonObject rest = changes.without(METADATA);
      return new MergingUpdate(requests, key, () -> others.apply(rest), metadata, refusal).change();
    }
    return new MergingUpdate(
            requests, key, () -> others.apply(changes), JsonObject.empty(), refusal)
        .change();
  }

  /** Writes what is probably new; gives the item as it is stored now. */
  CompletionStage<Map<String, AttributeValue>> create() {
    return attempt(metadata.isEmpty() ? others.get() : asNew(), 1);
  }

  /** Writes what probably has metadata; gives the item as it is stored now. */
  CompletionStage<Map<String, AttributeValue>> change() {
    if (metadata.isEmpty()) {
      return attempt(others.get(), 1);
    }
    Update members = asMembers();
    return attempt(members.fits() ? members : asNew(), 1);
  }

  private CompletionStage<Map<String, AttributeValue>> attempt(Update update, int number) {
    return requests.update(key, update).thenCompose(outcome -> proceed(outcome, number));
  }

  private CompletionStage<Map<String, AttributeValue>> proceed(Outcome outcome, int number) {
    Optional<Map<String, AttributeValue>> settled =
        outcome.written() ? Optional.of(outcome.item()) : refusal.settle(outcome.item());
    if (settled.isPresent()) {
      return CompletableFuture.completedStage(settled.get());
    }
    if (number == ATTEMPTS) {
      return CompletableFuture.failedStage(
          new DataLayerException(ErrorCode.CONFLICT, key + " changed too often meanwhile"));
    }
    Update next = metadata.isEmpty() ? others.get() : inView(outcome.item().get(METADATA));
    return attempt(next, number + 1);
  }

  /** The metadata set whole, where there is none, or the same. */
  private Update asNew() {
    Update update = others.get();
    String name = update.name(METADATA);
    String same = update.value(JsonConverter.toAttribute(JsonObject.empty().merge(metadata)));
    String empty = update.value(AttributeValue.fromM(Map.of()));
    String none = update.value(Schemas.NULL);
    return update
        .setTo(METADATA, same)
        .onlyIf(
            "(attribute_not_exists("
                + name
                + ")"
                + (" OR " + name + "=" + same)
                + (" OR " + name + "=" + empty)
                + (" OR " + name + "=" + none)
                + ")");
  }

  /** Each member on its own, where the metadata is a map. */
  private Update asMembers() {
    Update update = others.get();
    metadata
        .members()
        .forEach(
            (member, value) -> {
              if (value instanceof JsonValue.Null) {
                update.removeMember(METADATA, member);
              } else {
                update.setMember(METADATA, member, JsonConverter.toAttribute(value));
              }
            });
    return update.onlyIf(
        "attribute_type(%s,%s)".formatted(update.name(METADATA), update.value(MAP)));
  }

  /** Knowing what is stored: each member on its own, or the merged whole in the place of it. */
  private Update inView(@Nullable AttributeValue stored) {
    Update members = asMembers();
    if (stored != null && stored.type() == AttributeValue.Type.M && members.fits()) {
      return members;
    }
    Update update = others.get();
    JsonObject before = stored == null ? JsonObject.empty() : Draft.metadata(stored);
    update.set(METADATA, JsonConverter.toAttribute(before.merge(metadata)));
    return update.onlyIfStill(METADATA, stored);
  }
}
