package dev.threadkeep.application;

import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A user's threads with all that belongs to them, one after the other, the last active first. Only
 * one of them is in memory at a time.
 *
 * <p>A thread that becomes active meanwhile moves up in the list, where this has been already. So
 * the top of the list is read once more in the end: such a thread may come twice, the newer one
 * last. Of a filtered list, which is in another order, it may be missed.
 */
public final class ThreadExport {
  private final ThreadRepository threads;
  private final UserId owner;
  private final ThreadFilter filter;
  private final MemoryReservation memory;
  private final Function<Conversation, CompletionStage<Conversation>> sign;

  private final Queue<ThreadId> waiting = new ArrayDeque<>();
  private Optional<Cursor> next = Optional.empty();

  /** The activity of the thread on top when this began; nothing before that, or without threads. */
  private Optional<Timestamp> begin = Optional.empty();

  private Phase phase = Phase.BEGINNING;

  private enum Phase {
    BEGINNING,
    LIST,
    TOP_AGAIN,
    DONE
  }

  ThreadExport(
      ThreadRepository threads,
      UserId owner,
      ThreadFilter filter,
      MemoryReservation memory,
      Function<Conversation, CompletionStage<Conversation>> sign) {
    this.threads = threads;
    this.owner = owner;
    this.filter = filter;
    this.memory = memory;
    this.sign = sign;
  }

  /** The next thread, or nothing at the end. To be called again only when the stage has ended. */
  public CompletionStage<Optional<Conversation>> next() {
    ThreadId thread = waiting.poll();
    if (thread != null) {
      return threads
          .load(thread, memory)
          .thenCompose(
              found ->
                  found.filter(this::isTheirs).isEmpty() // it was deleted meanwhile
                      ? next()
                      : sign.apply(found.get()).thenApply(Optional::of));
    }
    return phase == Phase.DONE
        ? CompletableFuture.completedStage(Optional.empty())
        : readList().thenCompose(read -> next());
  }

  /** Somebody else may have made a thread of that id since the list was read. */
  private boolean isTheirs(Conversation found) {
    return found.thread().userId().equals(Optional.of(owner));
  }

  private CompletionStage<Void> readList() {
    PageRequest first = PageRequest.first(PageRequest.MAX);
    return threads.list(owner, filter, next.map(first::after).orElse(first)).thenAccept(this::take);
  }

  private void take(Page<ThreadSummary> page) {
    if (phase == Phase.BEGINNING) {
      begin = page.items().stream().findFirst().map(ThreadSummary::updatedAt);
      phase = Phase.LIST;
    }
    boolean isMore = page.next().isPresent();
    for (ThreadSummary thread : page.items()) {
      if (phase == Phase.TOP_AGAIN && !isNewer(thread)) {
        isMore = false;
        break;
      }
      waiting.add(thread.id());
    }
    next = isMore ? page.next() : Optional.empty();
    if (!isMore) {
      boolean looksAgain = phase == Phase.LIST && filter.equals(ThreadFilter.all());
      phase = looksAgain ? Phase.TOP_AGAIN : Phase.DONE;
    }
  }

  private boolean isNewer(ThreadSummary thread) {
    return begin.isEmpty() || Timestamp.ORDER.compare(thread.updatedAt(), begin.get()) > 0;
  }
}
