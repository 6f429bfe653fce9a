package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads the table for one page of inventories. A scan gives partitions one after the other, whole
 * ones and at its end a part of one: a page ends with the last whole one, and the next page begins
 * after that.
 */
final class InventoryScan {
  private final Requests requests;
  private final Clock clock;
  private final List<ThreadInventory> whole = new ArrayList<>();
  private Optional<Cursor> end = Optional.empty();
  private Optional<ThreadId> thread = Optional.empty();
  private @Nullable Inventory current;
  private ItemKey last = new ItemKey("", "");

  InventoryScan(Requests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /** The page after a key; an empty key is the beginning. */
  CompletionStage<Page<ThreadInventory>> page(Map<String, AttributeValue> after) {
    return requests
        .scan(after)
        .thenCompose(
            response -> {
              response.items().forEach(this::take);
              return finish(response);
            });
  }

  private CompletionStage<Page<ThreadInventory>> finish(ScanResponse response) {
    if (response.lastEvaluatedKey().isEmpty()) {
      endOfPartition();
      return CompletableFuture.completedStage(Page.of(whole, Optional.empty()));
    }
    return whole.isEmpty()
        ? page(response.lastEvaluatedKey())
        : CompletableFuture.completedStage(Page.of(whole, end));
  }

  private void take(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    if (!Keys.threadOf(key).equals(thread)) {
      endOfPartition();
      thread = Keys.threadOf(key);
      current = thread.map(id -> new Inventory(id, clock.instant())).orElse(null);
    }
    if (current != null) {
      current.add(item);
    }
    last = key;
  }

  private void endOfPartition() {
    if (current != null && !(current.isEmpty() && current.entries().isClean())) {
      whole.add(current.result());
      end = Optional.of(Cursors.of(last.partition(), last.sort()));
    }
    current = null;
  }
}
