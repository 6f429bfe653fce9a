package dev.threadkeep.domain.port;

import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The steps of threads. A step may be stored before its thread is. */
public interface StepRepository {
  /** The step, or nothing when there is none of this id in this thread. */
  CompletionStage<Optional<Step>> find(ThreadId thread, StepId id);

  /**
   * Creates the step, or merges it into the one that is stored: absent attributes stay, an empty
   * value does not replace one that is not, {@code createdAt} and the feedback stay, metadata is
   * merged at its top level, all else is replaced. Atomic; repeating it is safe, and so is a create
   * that arrives after the update.
   *
   * @return the step as it is stored now
   */
  CompletionStage<Step> upsert(Step step);

  /**
   * {@link #upsert} for many steps, of any threads. First all are checked: when one breaks a limit
   * or comes twice, nothing is written and the stage fails, naming {@code steps[3].output}. Then
   * each is written on its own.
   *
   * @param steps at most {@value dev.threadkeep.domain.Limits#BULK_STEPS}
   * @return for each step, in the same order, whether the store took it
   */
  CompletionStage<List<WriteResult<StepId>>> upsertAll(List<Step> steps);

  /**
   * Changes the step. Atomic. A patch that says nothing writes nothing.
   *
   * @return the step as it is stored now; fails with {@code NOT_FOUND} when there is none, which is
   *     never created
   */
  CompletionStage<Step> update(ThreadId thread, StepId id, Patch patch);

  /** Removes the step alone, not its elements. Whether there was one. */
  CompletionStage<Boolean> delete(ThreadId thread, StepId id);

  /**
   * The steps of a thread in the order of their ids (by UTF-8 bytes); empty when there are none.
   * Fails with {@code INVALID} for a cursor that is not one of this store's.
   */
  CompletionStage<Page<Step>> list(ThreadId thread, PageRequest page);

  /**
   * The steps that a user's threads hold and that are favourites, the newest first. Those that
   * others have marked in the store are found once {@link ThreadRepository#load} has seen them. For
   * threads that have expired, see {@link ThreadRepository#list}.
   */
  CompletionStage<List<Step>> listFavorites(UserId owner);
}
