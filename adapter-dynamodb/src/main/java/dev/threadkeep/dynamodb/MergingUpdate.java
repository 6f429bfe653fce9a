package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.ErrorCode;
import java.util.LinkedHashMap;
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
  private final Map<String, AttributeValue> metadata;
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
      Map<String, AttributeValue> metadata,
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
    boolean hasMembers = !item.getOrDefault(METADATA, Schemas.NULL).m().isEmpty();
    return of(requests, ItemKey.of(item), item, hasMembers, others, refusal).create();
  }

  /**
   * Changes an entity that is there; see {@link Update#patch}.
   *
   * @param changes what to change, and where it is null to clear
   * @param others makes the update for all changes but those of metadata
   * @return the item as it is stored now
   */
  static CompletionStage<Map<String, AttributeValue>> patch(
      Requests requests,
      ItemKey key,
      Map<String, AttributeValue> changes,
      Function<Map<String, AttributeValue>, Update> others,
      Refusal refusal) {
    boolean isObject = changes.getOrDefault(METADATA, Schemas.NULL).hasM();
    return of(requests, key, changes, isObject, others, refusal).change();
  }

  /** Metadata that is merged goes apart; any other is an attribute like the others. */
  private static MergingUpdate of(
      Requests requests,
      ItemKey key,
      Map<String, AttributeValue> attributes,
      boolean isMerged,
      Function<Map<String, AttributeValue>, Update> others,
      Refusal refusal) {
    if (!isMerged) {
      return new MergingUpdate(requests, key, () -> others.apply(attributes), Map.of(), refusal);
    }
    Map<String, AttributeValue> rest = new LinkedHashMap<>(attributes);
    rest.remove(METADATA);
    Map<String, AttributeValue> members = attributes.getOrDefault(METADATA, Schemas.NULL).m();
    return new MergingUpdate(requests, key, () -> others.apply(rest), members, refusal);
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
    String same = update.value(mergedInto(Map.of()));
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
    metadata.forEach(
        (member, value) -> {
          if (JsonConverter.isNull(value)) {
            update.removeMember(METADATA, member);
          } else {
            update.setMember(METADATA, member, value);
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
    update.set(METADATA, mergedInto(stored == null ? Map.of() : membersOf(stored)));
    return update.onlyIfStill(METADATA, stored);
  }

  private AttributeValue mergedInto(Map<String, AttributeValue> members) {
    Map<String, AttributeValue> merged = new LinkedHashMap<>(members);
    metadata.forEach(
        (member, value) -> {
          if (JsonConverter.isNull(value)) {
            merged.remove(member);
          } else {
            merged.put(member, value);
          }
        });
    return AttributeValue.fromM(merged);
  }

  private static Map<String, AttributeValue> membersOf(AttributeValue stored) {
    return stored.hasM()
        ? stored.m()
        : JsonConverter.toAttributes(Draft.metadata(JsonConverter.toJson(stored)));
  }
}
