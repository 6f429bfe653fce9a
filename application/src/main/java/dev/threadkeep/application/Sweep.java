package dev.threadkeep.application;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the threads that have expired, with all that belongs to them, and what an engine has left
 * that removes such threads by itself: steps and elements without a thread, once they are as old as
 * a check-up wants ({@link Treatment#GRACE}).
 *
 * <p>It reads the whole store, page by page. It may be stopped at any point and run again, also by
 * several processes at once: what is begun is found again, and what is gone is not missed.
 */
public final class Sweep {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.application");

  private static final Treatment TREATMENT =
      new Treatment(Set.of(Measure.REPAIR, Measure.DELETE_FILES), Treatment.GRACE);

  private static final Page<ThreadInventory> NO_MORE = Page.of(List.of(), Optional.empty());

  private final DataStore store;
  private final Optional<BlobStore> files;
  private final Clock clock;
  private final BooleanSupplier stopped;

  /**
   * @param stopped is asked before each thread; once it says so, the sweep ends where it is
   */
  public Sweep(DataStore store, Optional<BlobStore> files, Clock clock, BooleanSupplier stopped) {
    this.store = store;
    this.files = files;
    this.clock = clock;
    this.stopped = stopped;
  }

  /**
   * What was removed.
   *
   * @param expired threads that had expired
   * @param orphans ids under which there were steps or elements, and no thread
   * @param failed threads of which something is left, for the next sweep
   */
  public record Swept(int expired, int orphans, int failed) {}

  /** Sweeps once; fails when the store cannot be read. What cannot be removed is only counted. */
  public CompletionStage<Swept> run() {
    Counts counts = new Counts();
    Remains remains = new Remains(store, files, new Cures(TREATMENT, clock, counts));
    return Stages.pages(
            after ->
                after.isPresent() && stopped.getAsBoolean()
                    ? CompletableFuture.completedStage(NO_MORE)
                    : store.maintenance().inventory(after),
            page -> Stages.inTurn(page.items(), thread -> sweep(remains, thread)))
        .thenApply(done -> counts.swept());
  }

  private CompletionStage<Void> sweep(Remains remains, ThreadInventory thread) {
    if (stopped.getAsBoolean()) {
      return CompletableFuture.completedStage(null);
    } else if (thread.isExpired()) {
      return remains.ofExpired(thread);
    }
    return thread.state() == State.MISSING
        ? remains.ofMissing(thread)
        : CompletableFuture.completedStage(null);
  }

  /** Counts what becomes of the findings, and tells of failures. */
  private static final class Counts implements Checkup.Observer {
    private int expired;
    private int orphans;
    private int failed;

    @Override
    public synchronized void found(Finding finding) {
      if (finding.outcome() == Outcome.FAILED) {
        failed++;
        log.warn("{} is not removed: {}", finding.what(), finding.reason());
      } else if (finding.outcome() == Outcome.MENDED && finding.kind() == Kind.EXPIRED_THREAD) {
        expired++;
      } else if (finding.outcome() == Outcome.MENDED) {
        orphans++;
      }
    }

    @Override
    public void reached(Checkup checkup) {}

    synchronized Swept swept() {
      return new Swept(expired, orphans, failed);
    }
  }
}
