package dev.threadkeep.http;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.MemoryReservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The memory that all answers share which are read as a whole. When it is used up, the oldest of
 * them is read on, so that one gets done, and the others wait where they are, in the order in which
 * they came.
 */
final class MemoryBudget {
  /** Of the heap; beyond it comes what the oldest needs, and all that is no answer. */
  private static final int SHARE = 4;

  /** Who waits costs little, but may have to wait for all before. */
  private static final int MAX_WAITING = 1_000;

  private static final long NOT_OPEN = -1;

  private final long bytes;
  private final int maxWaiting;

  /** Those that have memory, or wait for it; the oldest first. */
  private final NavigableSet<Claim> open = new TreeSet<>(Comparator.comparing(it -> it.age));

  private final NavigableSet<Claim> waiting = new TreeSet<>(Comparator.comparing(it -> it.age));
  private long reserved;
  private long opened;

  /**
   * @param bytes how many may be reserved, as long as nobody needs more alone
   * @param maxWaiting how many may wait; who comes then fails
   */
  MemoryBudget(long bytes, int maxWaiting) {
    this.bytes = bytes;
    this.maxWaiting = maxWaiting;
  }

  /** Of this process. */
  static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE, MAX_WAITING);
  }

  /** Memory for one answer. */
  Claim claim() {
    return new Claim();
  }

  private synchronized List<CompletableFuture<Void>> reserve(
      Claim claim, long wanted, CompletableFuture<Void> turn) {
    if (claim.closed) {
      throw unavailable("nobody waits for it any more");
    }
    if (claim.age == NOT_OPEN) {
      if (waiting.size() >= maxWaiting) {
        throw unavailable("too many threads are being read at the same time");
      }
      claim.age = opened++;
      open.add(claim);
    }
    claim.wanted = wanted;
    claim.turn = turn;
    waiting.add(claim);
    return grant();
  }

  private synchronized List<CompletableFuture<Void>> release(Claim claim) {
    open.remove(claim);
    waiting.remove(claim);
    claim.age = NOT_OPEN;
    reserved -= claim.bytes;
    claim.bytes = 0;
    return grant();
  }

  private List<CompletableFuture<Void>> grant() {
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    while (!waiting.isEmpty() && isNext(waiting.first())) {
      Claim next = waiting.pollFirst();
      next.bytes += next.wanted;
      reserved += next.wanted;
      turns.add(next.turn);
    }
    return turns;
  }

  private boolean isNext(Claim claim) {
    return reserved + claim.wanted <= bytes || claim == open.first();
  }

  private static DataLayerException unavailable(String reason) {
    return new DataLayerException(ErrorCode.UNAVAILABLE, reason);
  }

  /** What one answer has of the memory. One call of {@link #reserve} at a time. */
  final class Claim implements MemoryReservation, AutoCloseable {
    private long age = NOT_OPEN;
    private long bytes;
    private long wanted;
    private boolean closed;
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);

    private Claim() {}

    @Override
    public CompletionStage<Void> reserve(long more) {
      CompletableFuture<Void> itsTurn = new CompletableFuture<>();
      try {
        complete(MemoryBudget.this.reserve(this, more, itsTurn));
      } catch (DataLayerException refused) {
        itsTurn.completeExceptionally(refused);
      }
      return itsTurn;
    }

    /** Whether it waits for memory that others have. */
    boolean isWaiting() {
      synchronized (MemoryBudget.this) {
        return waiting.contains(this);
      }
    }

    /** Gives back what it has; the next reservation is a new one. */
    void release() {
      complete(MemoryBudget.this.release(this));
    }

    /** Gives back what it has; what is being read for it fails when it asks for more. */
    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        closed = true;
      }
      release();
    }

    private static void complete(List<CompletableFuture<Void>> turns) {
      turns.forEach(it -> it.complete(null));
    }
  }
}
