package dev.threadkeep.domain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Memory for something that is read as a whole, however large it is. Whoever reads it asks before
 * each part, so that what is read at the same time does not need more memory than there is. When
 * the memory is free again, whoever gave the reservation knows.
 */
@FunctionalInterface
public interface MemoryReservation {
  /** Of which there is always enough. */
  static MemoryReservation unlimited() {
    return bytes -> CompletableFuture.completedStage(null);
  }

  /**
   * Asks for memory beside what was asked for before.
   *
   * @param bytes what it takes in memory, about
   * @return ends when it may be taken; fails, as with {@code UNAVAILABLE}, when it may not, and
   *     what is being read fails with it
   */
  CompletionStage<Void> reserve(long bytes);
}
