package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.Utf8Order;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A user's threads, the last active first. */
final class ThreadList {
  private static final String KIND = "threads";

  private static final Comparator<ThreadSummary> ORDER =
      Comparator.comparing(ThreadSummary::updatedAt, Timestamp.ORDER)
          .reversed()
          .thenComparing(thread -> thread.id().value(), Utf8Order.INSTANCE);

  private final List<ThreadSummary> threads;

  ThreadList(Tables tables, UserId owner) {
    threads =
        tables.partitions.values().stream()
            .flatMap(partition -> summary(partition, owner).stream())
            .sorted(ORDER)
            .toList();
  }

  Page<ThreadSummary> page(ThreadFilter filter, PageRequest request) {
    int budget = filter.search().isPresent() ? ThreadRepository.SEARCH_BUDGET : Integer.MAX_VALUE;
    List<ThreadSummary> items = new ArrayList<>();
    Optional<ThreadSummary> read = Optional.empty();
    int count = 0;
    for (ThreadSummary thread : after(request)) {
      if (count++ == budget) {
        return new Page<>(items, read.map(ThreadList::cursor), true);
      }
      if (filter.matches(thread.name())) {
        if (items.size() == request.first()) {
          return Page.of(items, Optional.of(cursor(items.get(items.size() - 1))));
        }
        items.add(thread);
      }
      read = Optional.of(thread);
    }
    return Page.of(items, Optional.empty());
  }

  private List<ThreadSummary> after(PageRequest request) {
    return request
        .after()
        .map(ThreadList::position)
        .map(at -> threads.stream().filter(thread -> ORDER.compare(thread, at) > 0).toList())
        .orElse(threads);
  }

  private static Optional<ThreadSummary> summary(Partition partition, UserId owner) {
    return partition
        .thread
        .map(ThreadAttributes.SCHEMA::fromStored)
        .filter(thread -> thread.userId().equals(Optional.of(owner)))
        .map((ChatThread it) -> new ThreadSummary(it.id(), it.name(), partition.activity));
  }

  private static Cursor cursor(ThreadSummary thread) {
    return Cursors.of(KIND, thread.updatedAt().text(), thread.id().value());
  }

  private static ThreadSummary position(Cursor cursor) {
    List<String> at = Cursors.position(KIND, cursor, 2);
    return new ThreadSummary(ThreadId.of(at.get(1)), Optional.empty(), new Timestamp(at.get(0)));
  }
}
