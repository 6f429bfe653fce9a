package dev.threadkeep.local;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of this adapter. They are named, and none of them keeps a process alive. */
final class Workers {
  private static final String PREFIX = "threadkeep-local-";

  private Workers() {}

  /** Threads for work that blocks on SQLite. */
  static ThreadFactory threads(String kind) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, PREFIX + kind + '-' + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Threads on which code of callers may run: where that waits for a stage of ours, the pool puts
   * another thread in its place.
   */
  static ForkJoinPool pool(String kind, int size) {
    return new ForkJoinPool(
        size,
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName(PREFIX + kind + '-' + thread.getPoolIndex());
          return thread;
        },
        null,
        true);
  }
}
