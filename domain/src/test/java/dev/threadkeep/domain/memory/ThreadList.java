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

/** A user's threads, all or those with a feedback, the last active first. */
final class ThreadList {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::place, Timestamp.ORDER)
          .reversed()
          .thenComparing(entry -> entry.thread().id().value(), Utf8Order.INSTANCE);

  private final ThreadFilter filter;
  private final String kind;
  private final List<Entry> entries;

  /** A thread, and what it is sorted by. */
  private record Entry(Timestamp place, ThreadSummary thread) {}

  ThreadList(Tables tables, UserId owner, ThreadFilter filter) {
    this.filter = filter;
    this.kind = "threads" + filter.feedback();
    this.entries =
        tables.partitions.values().stream()
            .filter(partition -> isOwnedBy(tables, partition, owner, filter))
            .flatMap(partition -> entry(partition).stream())
            .sorted(ORDER)
            .toList();
  }

  Page<ThreadSummary> page(PageRequest request) {
    int budget = filter.search().isPresent() ? ThreadRepository.SEARCH_BUDGET : Integer.MAX_VALUE;
    List<ThreadSummary> items = new ArrayList<>();
    Optional<Entry> last = Optional.empty();
    Optional<Entry> read = Optional.empty();
    int count = 0;
    for (Entry entry : after(request)) {
      if (count++ == budget) {
        return new Page<>(items, read.map(this::cursor), true);
      }
      if (filter.matches(entry.thread().name())) {
        if (items.size() == request.first()) {
          return Page.of(items, last.map(this::cursor));
        }
        items.add(entry.thread());
        last = Optional.of(entry);
      }
      read = Optional.of(entry);
    }
    return Page.of(items, Optional.empty());
  }

  private List<Entry> after(PageRequest request) {
    return request
        .after()
        .map(this::position)
        .map(at -> entries.stream().filter(entry -> ORDER.compare(entry, at) > 0).toList())
        .orElse(entries);
  }

  private static boolean isOwnedBy(
      Tables tables, Partition partition, UserId owner, ThreadFilter filter) {
    return (filter.alsoExpired() ? partition.thread : tables.live(partition))
        .map(ThreadAttributes.SCHEMA::fromStored)
        .flatMap(ChatThread::userId)
        .equals(Optional.of(owner));
  }

  private Optional<Entry> entry(Partition partition) {
    ChatThread thread = ThreadAttributes.SCHEMA.fromStored(partition.thread.orElseThrow());
    ThreadSummary summary = new ThreadSummary(thread.id(), thread.name(), partition.activity);
    return filter.feedback().isPresent()
        ? partition
            .placeByFeedback(filter.feedback().getAsInt())
            .map(place -> new Entry(place, summary))
        : Optional.of(new Entry(partition.activity, summary));
  }

  private Cursor cursor(Entry entry) {
    return Cursors.of(kind, entry.place().text(), entry.thread().id().value());
  }

  private Entry position(Cursor cursor) {
    List<String> at = Cursors.position(kind, cursor, 2);
    ThreadSummary thread =
        new ThreadSummary(ThreadId.of(at.get(1)), Optional.empty(), new Timestamp(""));
    return new Entry(new Timestamp(at.get(0)), thread);
  }
}
