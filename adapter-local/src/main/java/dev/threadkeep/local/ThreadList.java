package dev.threadkeep.local;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A user's threads, all or those with a feedback, the last active first. What is looked for stands
 * in one index: that of the threads, or that of the entries, of which the uppermost of each thread
 * counts.
 */
final class ThreadList {
  private static final String ALL =
      "SELECT id, name, activity, activity AS place FROM thread WHERE owner = :owner";

  static final String WITH_FEEDBACK =
      "SELECT thread.id AS id, thread.name AS name, thread.activity AS activity,"
          + " entry.activity AS place FROM entry JOIN thread ON thread.id = entry.thread"
          + " WHERE entry.owner = :owner AND entry.list = 'feedback' AND entry.value = :value"
          + " AND entry.step = (SELECT other.step FROM entry AS other"
          + " WHERE other.thread = entry.thread AND other.list = entry.list"
          + " AND other.value = entry.value"
          + " ORDER BY other.activity DESC, other.step DESC LIMIT 1)";

  private final ThreadFilter filter;
  private final PageRequest page;
  private final Instant now;
  private final String list;

  /** A thread, and what it is sorted by. */
  private record Row(String place, ThreadSummary thread) {}

  private ThreadList(ThreadFilter filter, PageRequest page, Instant now) {
    this.now = now;
    this.filter = filter;
    this.page = page;
    this.list = filter.feedback().isPresent() ? "feedback" : "threads";
  }

  static Page<ThreadSummary> read(
      Handle handle, UserId owner, ThreadFilter filter, PageRequest page, Instant now) {
    return new ThreadList(filter, page, now).read(handle, owner);
  }

  private Page<ThreadSummary> read(Handle handle, UserId owner) {
    int budget = filter.search().isPresent() ? ThreadRepository.SEARCH_BUDGET : page.first();
    List<Row> rows = rows(handle, owner, budget + 1);
    List<Row> found = new ArrayList<>();
    for (Row row : rows.subList(0, Math.min(budget, rows.size()))) {
      if (filter.matches(row.thread().name())) {
        if (found.size() == page.first()) {
          return Page.of(threads(found), Optional.of(after(found)));
        }
        found.add(row);
      }
    }
    if (rows.size() <= budget) {
      return Page.of(threads(found), Optional.empty());
    }
    return new Page<>(
        threads(found), Optional.of(after(rows.subList(0, budget))), filter.search().isPresent());
  }

  private List<Row> rows(Handle handle, UserId owner, int limit) {
    List<String> after = page.after().map(it -> Cursors.key(list, 2, it)).orElse(List.of());
    String condition =
        after.isEmpty() ? "" : " AND place <= :place AND (place < :place OR id > :id)";
    Query query =
        handle
            .createQuery(
                (filter.feedback().isPresent() ? WITH_FEEDBACK : ALL)
                    + (filter.alsoExpired() ? "" : " AND " + ThreadRows.LIVE)
                    + condition
                    + " ORDER BY place DESC, id LIMIT :limit")
            .bind("owner", owner)
            .bind("limit", limit);
    if (!filter.alsoExpired()) {
      query.bind("now", now.getEpochSecond());
    }
    filter.feedback().ifPresent(value -> query.bind("value", value));
    if (!after.isEmpty()) {
      query.bind("place", after.get(0)).bind("id", after.get(1));
    }
    return query
        .map(
            (row, context) ->
                new Row(
                    row.getString("place"),
                    new ThreadSummary(
                        ThreadId.of(row.getString("id")),
                        Optional.ofNullable(row.getString("name")),
                        new Timestamp(row.getString("activity")))))
        .list();
  }

  private Cursor after(List<Row> read) {
    Row last = read.get(read.size() - 1);
    return Cursors.of(list, last.place(), last.thread().id().value());
  }

  private static List<ThreadSummary> threads(List<Row> rows) {
    return rows.stream().map(Row::thread).toList();
  }
}
