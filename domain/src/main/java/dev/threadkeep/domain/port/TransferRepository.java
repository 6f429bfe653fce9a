package dev.threadkeep.domain.port;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What it takes to bring all that a store holds into another one, as it is. The threads there are
 * tells {@link MaintenanceRepository#inventory}, which may lag behind writes by moments, as may
 * {@link #users}; every other method sees each write that was acknowledged before.
 */
public interface TransferRepository {
  /**
   * All users, in an order of the store's own. A page may be empty and still not be the last.
   *
   * @param after the cursor of the page before
   * @return the page; fails with {@code INVALID} for a cursor that is not one of this list
   */
  CompletionStage<Page<User>> users(Optional<Cursor> after);

  /** The user, or nothing when there is none of this id. */
  CompletionStage<Optional<User>> user(UserId id);

  /**
   * All that is stored under the id of a thread: first the thread itself, if there is one, then its
   * steps and elements in an order of the store's own. A page ends where it becomes large, so that
   * it can be held in memory whatever the thread; it may be empty and still not be the last. What
   * is no step at all, such as feedback that others left where there is none, is left out; what is
   * one and cannot be read is told as {@link StoredItem.Unreadable}.
   *
   * @param after the cursor of the page before, of the same thread
   * @return the page; fails with {@code INVALID} for a cursor that is not one of this list
   */
  CompletionStage<Page<StoredItem>> contents(ThreadId thread, Optional<Cursor> after);

  /**
   * Writes something as it is, times included, where nothing is stored under its id; else nothing
   * is changed. Limits on what callers may write do not hold. A thread is to be restored before its
   * steps, so that these are found in its owner's lists. What an interrupted call has left is
   * completed by the next.
   *
   * @return whether it was written; fails with {@code TOO_LARGE} or {@code INVALID} when the store
   *     cannot hold it, and for what is unreadable
   */
  CompletionStage<Boolean> restore(StoredItem item);
}
