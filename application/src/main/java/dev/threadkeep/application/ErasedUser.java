package dev.threadkeep.application;

import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.UserId;

/**
 * The receipt for a user who was erased.
 *
 * @param isUser whether the user itself was there, and not threads alone
 * @param threads how many were removed
 * @param items how many entities: threads, steps, elements
 * @param files how many files
 */
public record ErasedUser(UserId id, boolean isUser, long threads, long items, long files) {
  static ErasedUser nothing(UserId id) {
    return new ErasedUser(id, false, 0, 0, 0);
  }

  ErasedUser with(Deletion thread) {
    return new ErasedUser(
        id, isUser, threads + 1, items + thread.items(), files + thread.files().size());
  }

  ErasedUser withFiles(long more) {
    return new ErasedUser(id, isUser, threads, items, files + more);
  }

  ErasedUser withUser() {
    return new ErasedUser(id, true, threads, items, files);
  }

  /** Whether there was nothing to remove. */
  boolean isNothing() {
    return equals(nothing(id));
  }
}
