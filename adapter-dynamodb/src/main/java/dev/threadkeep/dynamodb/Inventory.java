package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.ThreadInventory.StepFile;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Takes stock of one partition, item by item; what it keeps of them are ids and keys alone. */
final class Inventory {
  private static final String ID = StepAttributes.ID.name();

  private final ThreadInventory.Builder inventory = ThreadInventory.builder();
  private final Set<BlobKey> files = new HashSet<>();
  private final EntryAudit entries = new EntryAudit();
  private final Instant now;
  private State state = State.MISSING;
  private int children;
  private Optional<Instant> latest = Optional.empty();

  Inventory(ThreadId thread, Instant now) {
    this.now = now;
    inventory.id(thread);
  }

  /** Takes an item of the partition. Kinds that nobody has told us of are passed over. */
  void add(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    if (Keys.isThread(key)) {
      addThread(item);
    } else if (Keys.stepOf(key).isPresent()) {
      children++;
      addStep(Keys.stepOf(key).get(), item);
    } else if (Keys.elementOf(key).isPresent()) {
      children++;
      ThreadDeletion.fileOf(key, item)
          .ifPresent(
              file -> {
                files.add(file);
                inventory.addFiles(new ElementFile(Keys.elementOf(key).get(), file));
              });
    } else if (Keys.entryOf(key).isPresent()) {
      entries.addEntry(item);
    }
  }

  /** Whether there is anything. */
  boolean isEmpty() {
    return children == 0 && state == State.MISSING;
  }

  /** How the entries are. */
  EntryAudit entries() {
    return entries;
  }

  /** The files that are referred to. */
  Set<BlobKey> files() {
    return files;
  }

  ThreadInventory result() {
    return inventory
        .state(state)
        .children(children)
        .latest(latest)
        .isMisindexed(!entries.isClean())
        .build();
  }

  private void addThread(Map<String, AttributeValue> item) {
    entries.addThread(item);
    inventory.isExpired(Expiry.isOver(item, now));
    boolean hasOwner = owner(item).isPresent();
    if (item.containsKey(Keys.FILES_LEFT)) {
      state = State.CLEARED;
    } else {
      state = hasOwner && !item.containsKey(Keys.INDEX_PK) ? State.UNLISTED : State.WHOLE;
    }
    note(text(item, ThreadAttributes.CREATED_AT.name()));
    note(text(item, ThreadAttributes.UPDATED_AT.name()));
    note(Keys.activityOf(Keys.text(item, Keys.INDEX_SK)));
  }

  private void addStep(StepId id, Map<String, AttributeValue> item) {
    if (!item.containsKey(ID)) {
      inventory.addGhosts(id);
    }
    Schemas.STEPS.read(item).ifPresent(entries::addStep);
    note(text(item, StepAttributes.CREATED_AT.name()));
    if (item.containsKey(Pointer.ATTRIBUTE)) {
      JsonObject step = JsonConverter.toObject(item);
      Map<String, Pointer> valid = Pointer.validOf(step);
      Pointer.allOf(step)
          .forEach(
              (name, pointer) -> {
                StepFile file = new StepFile(id, pointer.key());
                if (valid.containsKey(name)) {
                  files.add(pointer.key());
                  inventory.addContents(file);
                } else {
                  inventory.addStaleContents(file);
                }
              });
    }
  }

  /** The owner that a THREAD item names. */
  static Optional<UserId> owner(Map<String, AttributeValue> item) {
    return Schemas.THREADS.read(item).flatMap(thread -> thread.userId());
  }

  private void note(Timestamp time) {
    time.instant()
        .filter(it -> latest.isEmpty() || it.isAfter(latest.get()))
        .ifPresent(it -> latest = Optional.of(it));
  }

  private static Timestamp text(Map<String, AttributeValue> item, String attribute) {
    return new Timestamp(Keys.text(item, attribute));
  }
}
