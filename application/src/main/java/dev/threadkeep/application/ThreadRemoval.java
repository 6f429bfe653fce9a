package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.PartialFailureException;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Removes threads with their files: what belongs to the thread, then the files, then the thread
 * itself, which remembers the files so long. Whatever stops it, repeating it finds all of them.
 */
final class ThreadRemoval {
  private final ThreadRepository threads;
  private final Optional<BlobStore> files;

  ThreadRemoval(ThreadRepository threads, Optional<BlobStore> files) {
    this.threads = threads;
    this.files = files;
  }

  /**
   * Removes all that is stored under an id.
   *
   * @return whether there was anything; fails with {@link PartialFailureException} when something
   *     is left
   */
  CompletionStage<Boolean> remove(ThreadId id) {
    return removeAll(id).thenApply(removed -> removed.items() > 0);
  }

  /** The same, and tells what was removed. */
  CompletionStage<Deletion> removeAll(ThreadId id) {
    return threads
        .clear(id)
        .thenCompose(
            cleared ->
                deleteFiles(id, cleared)
                    .thenCompose(gone -> threads.delete(id))
                    .thenApply(
                        last -> new Deletion(cleared.items() + last.items(), cleared.files())));
  }

  private CompletionStage<Void> deleteFiles(ThreadId thread, Deletion cleared) {
    return files.isEmpty() || cleared.files().isEmpty()
        ? CompletableFuture.completedStage(null)
        : files.get().deleteAll(cleared.files()).thenAccept(it -> checkAllGone(thread, it));
  }

  private static void checkAllGone(ThreadId thread, List<WriteResult<BlobKey>> results) {
    List<WriteResult<BlobKey>> left =
        results.stream().filter(result -> result.error().isPresent()).toList();
    if (!left.isEmpty()) {
      DataLayerException error = left.get(0).error().orElseThrow();
      throw new PartialFailureException(
          error.code(),
          "thread " + thread + " is not gone: " + left.size() + " files are left; repeat it",
          left.stream().map(result -> "file " + result.id()).toList(),
          error);
    }
  }
}
