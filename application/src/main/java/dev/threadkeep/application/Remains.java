package dev.threadkeep.application;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Removes what is left of threads: of those that have expired, and of those that are gone. */
final class Remains {
  private static final Set<Measure> REPAIR = Set.of(Measure.REPAIR);
  private static final Set<Measure> BOTH = Set.of(Measure.REPAIR, Measure.DELETE_FILES);

  private final ThreadRepository threads;
  private final ThreadRemoval removal;
  private final Cures cures;

  Remains(DataStore store, Optional<BlobStore> files, Cures cures) {
    this.threads = store.threads();
    this.removal = new ThreadRemoval(store.threads(), files);
    this.cures = cures;
  }

  /** Of a thread that has expired, and that nobody can be at work on: there is no grace period. */
  CompletionStage<Void> ofExpired(ThreadInventory thread) {
    boolean hasFiles =
        !thread.files().isEmpty()
            || !thread.contents().isEmpty()
            || thread.state() == State.CLEARED; // which remembers files
    return cures.mendAtOnce(
        Kind.EXPIRED_THREAD,
        "thread " + thread.id(),
        hasFiles ? BOTH : REPAIR,
        () -> removeExpired(thread.id()));
  }

  /** Steps and elements without a thread. */
  CompletionStage<Void> ofMissing(ThreadInventory thread) {
    int children = thread.children() - thread.ghosts().size();
    return children == 0
        ? CompletableFuture.completedStage(null)
        : cures.mend(
            Kind.ORPHANED_ITEMS,
            children + " steps and elements of thread " + thread.id(),
            thread.latest(),
            thread.files().isEmpty() ? REPAIR : BOTH,
            () -> removal.remove(thread.id()));
  }

  /**
   * Looks again: somebody else may have removed it since it was seen, and another thread may have
   * its id now.
   */
  private CompletionStage<Boolean> removeExpired(ThreadId id) {
    return threads
        .isExpired(id)
        .thenCompose(
            expired -> expired ? removal.remove(id) : CompletableFuture.completedStage(false));
  }
}
