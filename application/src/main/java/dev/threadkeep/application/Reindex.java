package dev.threadkeep.application;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes the lists by feedback and of favourites whole where others have written or deleted. It
 * reads everything once and writes only what is wrong; it can be stopped at any point and run
 * again.
 */
public final class Reindex {
  private final MaintenanceRepository maintenance;

  public Reindex(MaintenanceRepository maintenance) {
    this.maintenance = maintenance;
  }

  /**
   * How far it has come.
   *
   * @param threads how many it has looked at
   * @param mended of how many the entries were wrong
   */
  public record Progress(long threads, long mended) {}

  /**
   * Looks at everything.
   *
   * @param observer is told after each page
   */
  public CompletionStage<Progress> run(Consumer<Progress> observer) {
    return after(Optional.empty(), new Progress(0, 0), observer);
  }

  private CompletionStage<Progress> after(
      Optional<Cursor> cursor, Progress before, Consumer<Progress> observer) {
    return maintenance
        .inventory(cursor)
        .thenCompose(
            page ->
                mend(page)
                    .thenCompose(
                        mended -> {
                          Progress progress =
                              new Progress(
                                  before.threads() + page.items().size(), before.mended() + mended);
                          observer.accept(progress);
                          return page.next().isPresent()
                              ? after(page.next(), progress, observer)
                              : CompletableFuture.completedStage(progress);
                        }));
  }

  private CompletionStage<Long> mend(Page<ThreadInventory> page) {
    AtomicLong mended = new AtomicLong();
    return Stages.inTurn(
            page.items().stream().filter(ThreadInventory::isMisindexed).toList(),
            thread ->
                maintenance
                    .index(thread.id())
                    .thenAccept(
                        changed -> {
                          if (changed) {
                            mended.incrementAndGet();
                          }
                        }))
        .thenApply(done -> mended.get());
  }
}
