package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a thread's partition, sorted into what they are. */
final class Partition {
  private Optional<ChatThread> thread = Optional.empty();
  private final List<Step> steps = new ArrayList<>();
  private final List<Element> elements = new ArrayList<>();
  private final EntryAudit entries = new EntryAudit();
  private int skipped;

  /** Takes an item. Kinds that nobody has told us of are none of the thread's. */
  void add(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    if (Keys.isThread(key)) {
      thread = Schemas.THREADS.read(item);
      entries.addThread(item);
    } else if (key.sort().startsWith(Keys.STEPS)) {
      Optional<Step> step = Schemas.STEPS.read(item);
      step.ifPresent(entries::addStep);
      take(step, steps);
    } else if (key.sort().startsWith(Keys.ELEMENTS)) {
      take(Schemas.ELEMENTS.read(item), elements);
    } else if (Keys.entryOf(key).isPresent()) {
      entries.addEntry(item);
    }
  }

  /** Whether there is a thread, and its time is over. */
  boolean isExpired(Instant now) {
    return thread.filter(it -> it.isExpired(now)).isPresent();
  }

  /** How the entries are that belong to it. */
  EntryAudit entries() {
    return entries;
  }

  /** The thread with all that belongs to it; nothing when there is no thread. */
  CompletionStage<Optional<Conversation>> conversation(
      LargeValues large, MemoryReservation memory) {
    return thread.isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : memory
            .reserve(large.bytesOf(steps))
            .thenCompose(reserved -> large.complete(steps))
            .thenApply(
                whole -> Optional.of(new Conversation(thread.get(), whole, elements, skipped)));
  }

  private <E> void take(Optional<E> entity, List<E> entities) {
    entity.ifPresentOrElse(entities::add, () -> skipped++);
  }
}
