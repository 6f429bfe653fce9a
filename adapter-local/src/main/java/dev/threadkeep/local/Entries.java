package dev.threadkeep.local;

import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the table {@code entry}, by which feedback and favourites are found. They go with
 * their step by themselves.
 */
final class Entries {
  static final String FEEDBACK = "feedback";
  static final String FAVORITE = "favorite";

  private Entries() {}

  /** Lists a feedback, in the place of an earlier one on the same step. */
  static void putFeedback(Handle handle, Feedback feedback) {
    put(handle, FEEDBACK, feedback.threadId(), feedback.stepId(), feedback.value());
  }

  static void removeFeedback(Handle handle, ThreadId thread, StepId step) {
    remove(handle, FEEDBACK, thread, step);
  }

  static void putFavorite(Handle handle, Step step) {
    put(handle, FAVORITE, step.threadId(), step.id(), 1);
  }

  static void removeFavorite(Handle handle, Step step) {
    remove(handle, FAVORITE, step.threadId(), step.id());
  }

  /** Gives what a thread has to its owner, who may have become known only now. */
  static void own(Handle handle, ThreadId thread, UserId owner) {
    handle
        .createUpdate(
            "UPDATE entry SET owner = :owner WHERE thread = :thread AND owner IS NOT :owner")
        .bind("thread", thread)
        .bind("owner", owner)
        .execute();
  }

  private static void put(Handle handle, String list, ThreadId thread, StepId step, int value) {
    handle
        .createUpdate(
            "INSERT INTO entry (thread, step, list, value, owner, activity)"
                + " SELECT id, :step, :list, :value, owner, coalesce(activity, '') FROM thread"
                + " WHERE id = :thread"
                + " ON CONFLICT (thread, step, list)"
                + " DO UPDATE SET value = excluded.value, activity = excluded.activity")
        .bind("thread", thread)
        .bind("step", step)
        .bind("list", list)
        .bind("value", value)
        .execute();
  }

  private static void remove(Handle handle, String list, ThreadId thread, StepId step) {
    handle
        .createUpdate("DELETE FROM entry WHERE thread = :thread AND step = :step AND list = :list")
        .bind("thread", thread)
        .bind("step", step)
        .bind("list", list)
        .execute();
  }
}
