package dev.threadkeep.application;

import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
  public record Progress(long threads, long mended) {
    private Progress plus(int moreThreads, int moreMended) {
      return new Progress(threads + moreThreads, mended + moreMended);
    }
  }

  /**
   * Looks at everything.
   *
   * @param observer is told after each page
   */
  public CompletionStage<Progress> run(Consumer<Progress> observer) {
    AtomicReference<Progress> progress = new AtomicReference<>(new Progress(0, 0));
    return Stages.pages(
            maintenance::inventory,
            page ->
                Stages.inTurn(
                        page.items().stream().filter(ThreadInventory::isMisindexed).toList(),
                        thread -> mend(thread, progress))
                    .thenApply(done -> progress.updateAndGet(it -> it.plus(page.items().size(), 0)))
                    .thenAccept(observer))
        .thenApply(done -> progress.get());
  }

  private CompletionStage<Void> mend(ThreadInventory thread, AtomicReference<Progress> progress) {
    return maintenance
        .index(thread.id())
        .thenAccept(changed -> progress.updateAndGet(it -> it.plus(0, changed ? 1 : 0)));
  }
}
