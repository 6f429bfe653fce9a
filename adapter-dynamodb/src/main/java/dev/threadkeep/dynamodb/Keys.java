package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names of the key attributes and the forms of their values: the only place that builds them
 * and takes them apart. Prefixes are exact; what follows is the id, whatever is in it.
 */
final class Keys {
  static final String PK = "PK";
  static final String SK = "SK";

  /** The index that lists a user's threads. */
  static final String INDEX = "UserThread";

  static final String INDEX_PK = "UserThreadPK";
  static final String INDEX_SK = "UserThreadSK";

  /** The keys of the files of a thread whose delete has begun; on its item. */
  static final String FILES_LEFT = EntitySchema.OWN_PREFIX + "FilesLeft";

  /**
   * When a thread expires, on its item: seconds since 1970, as DynamoDB's time to live wants them.
   */
  static final String EXPIRES_AT = EntitySchema.OWN_PREFIX + "ExpiresAt";

  /** The keys of the table and of its index. */
  static final Set<String> ATTRIBUTES = Set.of(PK, SK, INDEX_PK, INDEX_SK);

  /** What is never part of an entity. */
  static final Set<String> HIDDEN = Set.of(PK, SK, INDEX_PK, INDEX_SK, FILES_LEFT);

  /** What the sort keys of all steps of a thread begin with. */
  static final String STEPS = "STEP#";

  /** What the sort keys of all elements of a thread begin with. */
  static final String ELEMENTS = "ELEMENT#";

  /** What the sort keys begin with of the entries by which feedback on a step is found. */
  static final String FEEDBACKS = "FEEDBACK#";

  /** The same of those by which favourite steps are found; also the name of their list. */
  static final String FAVORITES = "FAVORITE#";

  private static final String USER_ITEM = "USER";
  private static final String THREAD_ITEM = "THREAD";
  private static final String USERS = "USER#";
  private static final String THREADS = "THREAD#";
  private static final String TIMES = "TS#";

  private Keys() {}

  static ItemKey user(UserId id) {
    return new ItemKey(USERS + id.value(), USER_ITEM);
  }

  static ItemKey thread(ThreadId id) {
    return new ItemKey(partition(id), THREAD_ITEM);
  }

  static ItemKey step(ThreadId thread, StepId id) {
    return new ItemKey(partition(thread), STEPS + id.value());
  }

  static ItemKey element(ThreadId thread, ElementId id) {
    return new ItemKey(partition(thread), ELEMENTS + id.value());
  }

  /** An entry by which a step is found, of the kind that begins so. */
  static ItemKey entry(String prefix, ThreadId thread, StepId step) {
    return new ItemKey(partition(thread), prefix + step.value());
  }

  /** Something in the partition of a thread. */
  static ItemKey inPartition(ThreadId thread, String sort) {
    return new ItemKey(partition(thread), sort);
  }

  /** The partition that holds a thread and all that belongs to it. */
  static String partition(ThreadId thread) {
    return THREADS + thread.value();
  }

  /** The partition of the index that lists a user's threads. */
  static String indexPartition(UserId owner) {
    return USERS + owner.value();
  }

  /** The name of the list of what has a feedback of this value. */
  static String listOfFeedback(int value) {
    return FEEDBACKS + value + "#";
  }

  /** The partition of the index that is a user's list of this name. */
  static String indexPartition(UserId owner, String list) {
    return list + owner.value();
  }

  /** A thread's place in its owner's list. */
  static String indexSort(Timestamp activity) {
    return TIMES + activity.text();
  }

  static Optional<UserId> userOf(ItemKey key) {
    return key.sort().equals(USER_ITEM)
        ? after(USERS, key.partition()).map(UserId::of)
        : Optional.empty();
  }

  /** The thread in whose partition an item lies. */
  static Optional<ThreadId> threadOf(ItemKey key) {
    return after(THREADS, key.partition()).map(ThreadId::of);
  }

  static Optional<StepId> stepOf(ItemKey key) {
    return after(STEPS, key.sort()).map(StepId::of);
  }

  static Optional<ElementId> elementOf(ItemKey key) {
    return after(ELEMENTS, key.sort()).map(ElementId::of);
  }

  /** The step that an entry is about. */
  static Optional<StepId> entryOf(ItemKey key) {
    return after(FEEDBACKS, key.sort()).or(() -> after(FAVORITES, key.sort())).map(StepId::of);
  }

  /** Whether the item is the thread itself, and not something that belongs to one. */
  static boolean isThread(ItemKey key) {
    return key.sort().equals(THREAD_ITEM);
  }

  /** When a thread was last active, by its place in the list; a foreign form is kept as it is. */
  static Timestamp activityOf(String indexSort) {
    return new Timestamp(after(TIMES, indexSort).orElse(indexSort));
  }

  /** What an item is called in messages: {@code step s-1}. */
  static String describe(ItemKey key) {
    return userOf(key)
        .map(id -> "user " + id)
        .or(() -> stepOf(key).map(id -> "step " + id))
        .or(() -> elementOf(key).map(id -> "element " + id))
        .or(() -> entryOf(key).map(id -> "entry of step " + id))
        .or(() -> isThread(key) ? threadOf(key).map(id -> "thread " + id) : Optional.empty())
        .orElseGet(() -> "item " + key.partition() + " " + key.sort());
  }

  /** The text of a key attribute of an item; empty when it is not there. */
  static String text(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null || value.s() == null ? "" : value.s();
  }

  private static Optional<String> after(String prefix, String text) {
    return text.length() > prefix.length() && text.startsWith(prefix)
        ? Optional.of(text.substring(prefix.length()))
        : Optional.empty();
  }
}
