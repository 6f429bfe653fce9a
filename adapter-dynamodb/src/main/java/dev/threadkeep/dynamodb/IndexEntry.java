package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A thread as the index has it. */
final class IndexEntry {
  private IndexEntry() {}

  /** The thread of an entry; nothing for an item that is none. */
  static Optional<ThreadSummary> read(Map<String, AttributeValue> entry) {
    return Keys.threadOf(ItemKey.of(entry))
        .map(
            id ->
                new ThreadSummary(
                    id, name(entry), Keys.activityOf(Keys.text(entry, Keys.INDEX_SK))));
  }

  /** Where the list goes on after an entry. */
  static Optional<Cursor> cursor(Map<String, AttributeValue> entry) {
    return Keys.threadOf(ItemKey.of(entry))
        .map(id -> Cursors.of(Keys.text(entry, Keys.INDEX_SK), id.value()));
  }

  /**
   * The key after which the list of a user goes on; that it is in this user's list is up to the
   * query alone.
   *
   * @throws dev.threadkeep.domain.DataLayerException {@code INVALID} for a cursor that is none
   */
  static Map<String, AttributeValue> keyOf(UserId owner, Cursor after) {
    List<String> position = Cursors.position(after, 2);
    ItemKey entry = new ItemKey(Keys.indexPartition(owner), position.get(0));
    if (!entry.isPossible() || position.get(1).isEmpty()) {
      throw Cursors.invalid();
    }
    ItemKey thread = Keys.thread(ThreadId.of(position.get(1)));
    if (!thread.isPossible()) {
      throw Cursors.invalid();
    }
    Map<String, AttributeValue> key = new HashMap<>(thread.attributes());
    key.put(Keys.INDEX_PK, AttributeValue.fromS(entry.partition()));
    key.put(Keys.INDEX_SK, AttributeValue.fromS(entry.sort()));
    return key;
  }

  private static Optional<String> name(Map<String, AttributeValue> entry) {
    return Optional.ofNullable(entry.get(ThreadAttributes.NAME.name()))
        .flatMap(name -> ThreadAttributes.NAME.type().read(JsonConverter.toJson(name)));
  }
}
