package dev.threadkeep.domain.port;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What a check-up needs of a store that no use case does: to see all that is there, whole or not,
 * and to mend it. Every repair checks that what it mends is still as broken as it was seen, is
 * atomic, and says whether it did anything.
 */
public interface MaintenanceRepository {
  /**
   * What is stored, one thread after the other, in an order of the store's own. Reads everything,
   * in bounded memory. A page holds some threads, and is empty only when it is the last.
   *
   * @param after the cursor of the page before
   * @return the page; fails with {@code INVALID} for a cursor that is not one of this store's
   */
  CompletionStage<Page<ThreadInventory>> inventory(Optional<Cursor> after);

  /**
   * The files that elements and steps of a thread refer to; nothing when nothing at all is stored
   * under the id. Sees every write that was acknowledged before.
   */
  CompletionStage<Optional<Set<BlobKey>>> filesOf(ThreadId thread);

  /** Removes a step that is none. */
  CompletionStage<Boolean> removeGhost(ThreadId thread, StepId step);

  /** Makes an element one without a file, if it has this one. */
  CompletionStage<Boolean> detachFile(ThreadId thread, ElementId element, BlobKey file);

  /** Makes a step forget that a value of it is in this file; its preview becomes the value. */
  CompletionStage<Boolean> detachContent(ThreadId thread, StepId step, BlobKey file);

  /** Makes a thread whose delete has begun one like any other again, which remembers no files. */
  CompletionStage<Boolean> keep(ThreadId thread);

  /**
   * Makes the lists by feedback and of favourites agree with the thread and its steps; see {@link
   * ThreadInventory#isMisindexed}. Repeating it is safe.
   */
  CompletionStage<Boolean> index(ThreadId thread);

  /**
   * Puts a thread that has an owner and is missing from the owner's list into it, at its {@code
   * createdAt}, or at the beginning of time.
   */
  CompletionStage<Boolean> list(ThreadId thread);
}
