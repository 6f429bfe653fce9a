package dev.threadkeep.local;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Work on a connection, and the stage that tells its caller what came of it.
 *
 * @param what is done to what, for messages and the log
 */
record Task<T>(String what, Function<Handle, T> work, CompletableFuture<T> stage) {
  /** Does the work; what it returns tells the caller. */
  Runnable run(Handle handle) {
    T result = work.apply(handle);
    return () -> stage.complete(result);
  }

  /** Tells the caller that it failed. */
  Runnable failed(Throwable failure) {
    return () -> stage.completeExceptionally(failure);
  }
}
