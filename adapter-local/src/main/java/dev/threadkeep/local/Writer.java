package dev.threadkeep.local;

import dev.threadkeep.domain.DataLayerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one thread that writes. A commit waits for the disk, so it takes all writes that have queued
 * up meanwhile into one transaction, each in a savepoint of its own: one that fails harms no other.
 * Their callers are told after the commit.
 */
final class Writer {
  /** Writes in one commit at most; it bounds how long the first of them waits for the last. */
  private static final int BATCH = 256;

  private final Handle handle;
  private final LocalErrors errors;
  private final Executor callbacks;
  private final Queue<Task<?>> queue = new ConcurrentLinkedQueue<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Workers.threads("writer"));

  Writer(Handle handle, LocalErrors errors, Executor callbacks) {
    this.handle = handle;
    this.errors = errors;
    this.callbacks = callbacks;
  }

  /**
   * Queues a write.
   *
   * @throws RejectedExecutionException when closed
   */
  void submit(Task<?> write) {
    queue.add(write);
    try {
      thread.execute(this::commitQueued);
    } catch (RejectedExecutionException closed) {
      if (queue.remove(write)) { // otherwise the last commit has taken it along
        throw closed;
      }
    }
  }

  /** Accepts nothing more. */
  void shutdown() {
    thread.shutdown();
  }

  /** Waits for what was accepted, and closes the connection; false when that takes longer. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    boolean ended = thread.awaitTermination(seconds, TimeUnit.SECONDS);
    if (ended) {
      handle.close();
    }
    return ended;
  }

  private void commitQueued() {
    List<Task<?>> batch = new ArrayList<>();
    while (batch.size() < BATCH) {
      Task<?> next = queue.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    if (!batch.isEmpty()) {
      commit(batch).forEach(callbacks::execute);
    }
  }

  /** Does all writes in one transaction; what it returns tells their callers. */
  private List<Runnable> commit(List<Task<?>> batch) {
    List<Runnable> replies = new ArrayList<>();
    try {
      handle.execute("BEGIN IMMEDIATE");
      for (Task<?> write : batch) {
        replies.add(writeOne(write));
      }
    } catch (Throwable failure) {
      return rollback(batch, write -> errors.translate(write.what(), failure));
    }
    try {
      handle.execute("COMMIT");
      return replies;
    } catch (Throwable failure) {
      return rollback(batch, write -> errors.translateCommit(write.what(), failure));
    }
  }

  /**
   * Some errors, such as a full disk, end the whole transaction. Then there is no savepoint any
   * more to release or to go back to, and that failure ends the batch.
   */
  private Runnable writeOne(Task<?> write) {
    handle.execute("SAVEPOINT one");
    Runnable reply;
    try {
      reply = write.run(handle);
    } catch (Throwable failure) {
      try {
        handle.execute("ROLLBACK TO one");
      } catch (RuntimeException ended) {
        failure.addSuppressed(ended);
        throw failure;
      }
      reply = write.failed(errors.translate(write.what(), failure));
    }
    handle.execute("RELEASE one");
    return reply;
  }

  private List<Runnable> rollback(
      List<Task<?>> batch, Function<Task<?>, DataLayerException> error) {
    Database.rollback(handle);
    return batch.stream().map(write -> write.failed(error.apply(write))).toList();
  }
}
