package dev.threadkeep.application;

import dev.threadkeep.application.Checkup.Observer;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Checks a store and its files against each other: finds what others or an interrupted process have
 * left behind, and mends it when told to. It reads everything once, page by page; running it again
 * is safe, and so is stopping it at any point.
 *
 * <p>Of files it only removes those whose key names a thread that is stored here, so that a bucket
 * may be shared with others.
 */
public final class Doctor {
  private final DataStore store;
  private final Optional<BlobStore> files;
  private final BlobKeys keys;
  private final Clock clock;

  /**
   * @param files without it, only the store is checked
   * @param keys how the files are called; only those are looked at
   */
  public Doctor(DataStore store, Optional<BlobStore> files, BlobKeys keys, Clock clock) {
    this.store = store;
    this.files = files;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Checks everything from a point on. One at a time; what it cannot mend it reports and goes on.
   *
   * @param from {@link Checkup#beginning}, or where an earlier run came to
   * @return where it ended; fails when the store or the files cannot be read
   */
  public CompletionStage<Checkup> run(Treatment treatment, Checkup from, Observer observer) {
    Cures cures = new Cures(treatment, clock, observer);
    ItemCheck items = new ItemCheck(store, files, cures);
    return items(items, from, observer)
        .thenCompose(
            reached ->
                files.isEmpty() || reached.phase() == Phase.DONE
                    ? CompletableFuture.completedStage(reached.done())
                    : files(new FileCheck(store, files.get(), keys, cures), reached, observer));
  }

  private CompletionStage<Checkup> items(ItemCheck check, Checkup from, Observer observer) {
    return from.phase() != Phase.ITEMS
        ? CompletableFuture.completedStage(from)
        : store
            .maintenance()
            .inventory(from.after())
            .thenCompose(page -> check.examine(page.items()).thenApply(done -> page))
            .thenCompose(
                page ->
                    page.next().isPresent()
                        ? CompletableFuture.completedStage(page)
                        : check.decide().thenApply(done -> page))
            .thenCompose(page -> items(check, reached(check, from, page, observer), observer));
  }

  private static Checkup reached(
      ItemCheck check, Checkup from, Page<ThreadInventory> page, Observer observer) {
    int children = page.items().stream().mapToInt(ThreadInventory::children).sum();
    Checkup reached = from.afterThreads(page.next(), page.items().size(), children);
    if (check.isUndecided()) {
      observer.underWay(reached);
    } else {
      observer.reached(reached);
    }
    return reached;
  }

  private CompletionStage<Checkup> files(FileCheck check, Checkup from, Observer observer) {
    return from.phase() != Phase.FILES
        ? CompletableFuture.completedStage(from)
        : check
            .page(from.after())
            .thenCompose(
                page -> {
                  Checkup reached = from.afterFiles(page.next(), page.items().size());
                  observer.reached(reached);
                  return files(check, reached, observer);
                });
  }
}
