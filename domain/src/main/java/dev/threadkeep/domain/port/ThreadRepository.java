package dev.threadkeep.domain.port;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The threads, alone and with all that belongs to them.
 *
 * <p>A thread whose {@code expiresAt} has come, by the store's clock, has expired: for all that
 * follows it is as if it were not there, and nothing brings it back. Only its id stays taken, until
 * it is removed with all that belongs to it; that is up to others, by {@link #clear} and {@link
 * #delete}. Steps and elements know nothing of it: whoever wants to hide those of an expired thread
 * asks {@link #isExpired}.
 */
public interface ThreadRepository {
  /** How many threads a filtered list reads at most before it gives back what it found. */
  int SEARCH_BUDGET = 1_000;

  /**
   * Creates the thread, at the top of its owner's list ({@code createdAt}, or now). Atomic.
   * Creating the same one again (same id, owner and {@code createdAt}) gives the stored one. A
   * stored thread without an owner, made so or left by late updates of others, is in nobody's list
   * and is completed: what it has stays, metadata is merged.
   *
   * @return the thread as it is stored now; fails with {@code ALREADY_EXISTS} when the id is taken,
   *     also by a thread that has expired, whoever's it is
   */
  CompletionStage<ChatThread> create(ChatThread thread);

  /**
   * The thread, or nothing when there is none of this id, whatever steps and elements there are.
   */
  CompletionStage<Optional<ChatThread>> find(ThreadId id);

  /**
   * Whether anything is stored under this id: the thread, be it expired, or steps or elements that
   * have none.
   */
  CompletionStage<Boolean> isTaken(ThreadId id);

  /**
   * Whether there is a thread of this id, and it has expired. False when there is none, whatever
   * steps and elements there are. Sees every write that was acknowledged before.
   */
  CompletionStage<Boolean> isExpired(ThreadId id);

  /**
   * Those of the threads that exist, in the order asked for; one that is asked for twice comes
   * twice. At most {@value dev.threadkeep.domain.PageRequest#MAX} ids.
   */
  CompletionStage<List<ChatThread>> findAll(List<ThreadId> ids);

  /** The owner; nothing when there is no such thread, or it has no owner. */
  CompletionStage<Optional<UserId>> findAuthor(ThreadId id);

  /** The thread with its steps and elements, or nothing when there is no thread of this id. */
  default CompletionStage<Optional<Conversation>> load(ThreadId id) {
    return load(id, MemoryReservation.unlimited());
  }

  /**
   * {@link #load(ThreadId)} with memory asked for before each part is read; fails as the
   * reservation does.
   */
  CompletionStage<Optional<Conversation>> load(ThreadId id, MemoryReservation memory);

  /**
   * A user's threads, the last active first. A filtered list reads on until the page is full, the
   * list ends, or {@link #SEARCH_BUDGET} threads are read; the page says when it is the last of
   * these. A listing may lag behind writes by moments.
   *
   * <p>The threads with a feedback are in the order of the activity that each had when it was last
   * given one of that value, and each comes once. Feedback that others wrote into the store is
   * found once {@link #load} has seen it.
   *
   * <p>Threads that have expired are left out, also of the favourites of {@link
   * StepRepository#listFavorites}, where a store that has to read more for that was told that
   * threads expire.
   *
   * @return the page; fails with {@code INVALID} for a cursor that is not one of this store's
   */
  CompletionStage<Page<ThreadSummary>> list(UserId owner, ThreadFilter filter, PageRequest page);

  /** All of a user's threads, as {@link #list(UserId, ThreadFilter, PageRequest)}. */
  default CompletionStage<Page<ThreadSummary>> list(UserId owner, PageRequest page) {
    return list(owner, ThreadFilter.all(), page);
  }

  /**
   * Changes the thread and stamps its {@code updatedAt}; its place in the list stays. Atomic. A
   * patch that says nothing writes nothing.
   *
   * @return the thread as it is stored now; fails with {@code NOT_FOUND} when there is none, which
   *     is never created
   */
  CompletionStage<ChatThread> update(ThreadId id, Patch patch);

  /**
   * Moves the thread to its place of that time in its owner's list, if that is further up. Does
   * nothing for a thread that does not exist or has no owner.
   */
  CompletionStage<Void> touch(ThreadId id, Timestamp activity);

  /**
   * Begins to remove a thread with its files: removes all steps and elements that are stored under
   * this id and leaves the thread itself, which remembers the files; {@link #delete} ends it. So
   * whatever stops between these two, repeating both finds all files again. The result names the
   * files, also those of a call before.
   *
   * @return what was removed; fails as {@link #delete}
   */
  CompletionStage<Deletion> clear(ThreadId id);

  /**
   * Removes everything that is stored under this id, the thread itself last, so that a delete which
   * was interrupted can be repeated. Works on steps and elements without a thread, too. Files stay:
   * the result names them.
   *
   * @return what was removed, nothing when nothing was there; fails with {@link
   *     dev.threadkeep.domain.PartialFailureException} when the store kept some after bounded
   *     retries
   */
  CompletionStage<Deletion> delete(ThreadId id);
}
