package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.dynamodb.Entries.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares the entries that a thread has with those that its steps should have. */
final class EntryAudit {
  /** The place of what has no time. */
  static final String BEGINNING = Keys.indexSort(Timestamp.of(Instant.EPOCH));

  private final Map<ItemKey, String> lists = new LinkedHashMap<>();
  private final Map<ItemKey, String> present = new HashMap<>();
  private Optional<UserId> owner = Optional.empty();
  private String place = "";

  /**
   * The place in the index of what belongs to a thread: that of the thread itself, if it has one.
   */
  static String placeOf(Map<String, AttributeValue> thread) {
    String place = Keys.text(thread, Keys.INDEX_SK);
    return place.isEmpty()
        ? new Timestamp(Keys.text(thread, ThreadAttributes.CREATED_AT.name()))
            .normalized()
            .map(Keys::indexSort)
            .orElse(BEGINNING)
        : place;
  }

  void addThread(Map<String, AttributeValue> item) {
    owner = Inventory.owner(item);
    place = placeOf(item);
  }

  void addStep(Step step) {
    for (Mark mark : Mark.values()) {
      ItemKey key = mark.entry(step.threadId(), step.id());
      mark.list(step).ifPresent(list -> lists.put(key, list));
    }
  }

  void addEntry(Map<String, AttributeValue> item) {
    present.put(ItemKey.of(item), Keys.text(item, Keys.INDEX_PK));
  }

  boolean isClean() {
    return missing().isEmpty() && superfluous().isEmpty();
  }

  /** The entries that are not there, or in the wrong list. */
  List<Entry> missing() {
    return wanted().stream()
        .filter(entry -> !entry.indexPartition().equals(present.get(entry.key())))
        .toList();
  }

  /** The keys of entries that are about nothing. */
  List<ItemKey> superfluous() {
    List<ItemKey> left = new ArrayList<>(present.keySet());
    wanted().forEach(entry -> left.remove(entry.key()));
    return left;
  }

  /** Nobody lists what belongs to nobody; nor can a key hold every id that another key can. */
  private List<Entry> wanted() {
    return owner.stream()
        .flatMap(
            user ->
                lists.entrySet().stream()
                    .map(it -> new Entry(it.getKey(), it.getValue(), user, place)))
        .filter(Entry::isPossible)
        .toList();
  }
}
