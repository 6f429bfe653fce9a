package dev.threadkeep.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a folder, and the threads that wait for it: one that writes, and a few that read
 * what is committed.
 */
final class Database implements AutoCloseable {
  static final int READERS = 4;

  /** How long closing waits for what was accepted before, for the writer and the readers each. */
  private static final int CLOSE_SECONDS = 10;

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.local");

  private final Path path;
  private final LocalErrors errors;
  private final FolderLock lock;
  private final Writer writer;

  /** The connections of readers that are free; there are as many as threads. */
  private final Queue<Handle> handles = new ConcurrentLinkedQueue<>();

  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, Workers.threads("reader"));
  private final ForkJoinPool callbacks = Workers.pool("callback", READERS);

  private Database(SqliteFile file, LocalErrors errors, FolderLock lock) {
    this.path = file.path();
    this.errors = errors;
    this.lock = lock;
    this.writer = new Writer(file.connect(), errors, callbacks);
    for (int i = 0; i < READERS; i++) {
      Handle handle = file.connect();
      handle.execute("PRAGMA query_only = 1");
      handles.add(handle);
    }
  }

  /**
   * Opens the database of a folder; both are made where they are missing. Blocks.
   *
   * @throws dev.threadkeep.domain.DataLayerException when it is in use, not ours, newer than this
   *     program, or cannot be read
   */
  static Database open(Path folder) {
    LocalErrors errors = new LocalErrors(folder.resolve(SqliteFile.NAME));
    try {
      PrivateFiles.createFolder(folder);
      FolderLock lock = FolderLock.acquire(folder);
      try {
        Database database = new Database(SqliteFile.prepare(folder), errors, lock);
        log.info("{} is open", database.path);
        return database;
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException | RuntimeException failure) {
      throw errors.translate("open " + folder, failure);
    }
  }

  /** Runs work that reads, within one snapshot. */
  <T> CompletionStage<T> read(String what, Function<Handle, T> work) {
    return submit(
        new Task<>(what, work, new CompletableFuture<>()),
        () -> {},
        task -> readers.execute(() -> callbacks.execute(runRead(task))));
  }

  /**
   * Runs work that writes, all or nothing; the stage ends when it is on disk.
   *
   * @param check throws when the write is to be refused
   */
  <T> CompletionStage<T> write(String what, Runnable check, Function<Handle, T> work) {
    return submit(new Task<>(what, work, new CompletableFuture<>()), check, writer::submit);
  }

  <T> CompletionStage<T> write(String what, Function<Handle, T> work) {
    return write(what, () -> {}, work);
  }

  /** Finishes what was accepted, within some seconds. */
  @Override
  public void close() {
    readers.shutdown();
    writer.shutdown();
    try {
      if (!writer.awaitEnd(CLOSE_SECONDS)
          || !readers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("{} is still busy and closes when this process ends", path);
        return;
      }
      handles.forEach(Handle::close);
      lock.close();
      callbacks.awaitQuiescence(CLOSE_SECONDS, TimeUnit.SECONDS);
      log.info("{} is closed", path);
    } catch (IOException failure) {
      throw errors.translate("close " + path, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Undoes what is left of a transaction that failed. */
  static void rollback(Handle handle) {
    try {
      handle.execute("ROLLBACK");
    } catch (RuntimeException endedAlready) {
      log.debug("nothing left to roll back: {}", endedAlready.getMessage());
    }
  }

  private <T> CompletionStage<T> submit(Task<T> task, Runnable check, Consumer<Task<T>> executor) {
    log.debug("{}", task.what());
    try {
      check.run();
      executor.accept(task);
    } catch (RuntimeException refused) {
      task.failed(errors.translate(task.what(), refused)).run();
    }
    return task.stage();
  }

  private Runnable runRead(Task<?> task) {
    Handle handle = handles.remove();
    try {
      handle.execute("BEGIN");
      Runnable reply = task.run(handle);
      handle.execute("COMMIT");
      return reply;
    } catch (Throwable failure) {
      rollback(handle);
      return task.failed(errors.translate(task.what(), failure));
    } finally {
      handles.add(handle);
    }
  }
}
