package dev.threadkeep.application;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.port.TransferRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The fingerprints of all that is stored under the id of a thread, by what it is called there. */
final class Fingerprints {
  /** What the thread itself is called. */
  static final String THREAD = "thread";

  private final Map<String, String> all = new ConcurrentHashMap<>();
  private Amounts amounts = Amounts.NONE;
  private Optional<ChatThread> thread = Optional.empty();

  /** What there is in a store, read page by page. */
  static CompletionStage<Fingerprints> of(TransferRepository store, ThreadId thread) {
    Fingerprints fingerprints = new Fingerprints();
    return Stages.pages(
            after -> store.contents(thread, after),
            page -> {
              page.items().forEach(fingerprints::add);
              return CompletableFuture.completedStage(null);
            })
        .thenApply(done -> fingerprints);
  }

  /** What an item is called within its thread. */
  static String name(StoredItem item) {
    if (item instanceof StoredItem.OfStep it) {
      return "step " + it.step().id();
    } else if (item instanceof StoredItem.OfElement it) {
      return "element " + it.element().id();
    }
    return item instanceof StoredItem.Unreadable it ? "unreadable " + it.what() : THREAD;
  }

  void add(StoredItem item) {
    all.put(name(item), Fingerprint.of(item));
    synchronized (this) {
      thread = item instanceof StoredItem.OfThread it ? Optional.of(it.thread()) : thread;
      amounts = amounts.plus(Amounts.of(item));
    }
  }

  Map<String, String> all() {
    return all;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /** The thread itself, if there is one. */
  synchronized Optional<ChatThread> thread() {
    return thread;
  }

  synchronized Amounts amounts() {
    return amounts;
  }
}
