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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The list of a user's threads, the last active first. All it reads stands in one index. */
final class ThreadList {
  private static final String LIST = "threads";

  private ThreadList() {}

  static Page<ThreadSummary> read(
      Handle handle, UserId owner, ThreadFilter filter, PageRequest page) {
    int budget = filter.search().isPresent() ? ThreadRepository.SEARCH_BUDGET : page.first();
    List<ThreadSummary> rows = rows(handle, owner, page, budget + 1);
    List<ThreadSummary> found = new ArrayList<>();
    for (ThreadSummary thread : rows.subList(0, Math.min(budget, rows.size()))) {
      if (filter.matches(thread.name())) {
        if (found.size() == page.first()) {
          return Page.of(found, Optional.of(after(found)));
        }
        found.add(thread);
      }
    }
    if (rows.size() <= budget) {
      return Page.of(found, Optional.empty());
    }
    return new Page<>(
        found, Optional.of(after(rows.subList(0, budget))), filter.search().isPresent());
  }

  private static List<ThreadSummary> rows(
      Handle handle, UserId owner, PageRequest page, int limit) {
    List<String> after = page.after().map(it -> Cursors.key(LIST, 2, it)).orElse(List.of());
    String condition =
        after.isEmpty() ? "" : " AND activity <= :activity AND (activity < :activity OR id > :id)";
    Query query =
        handle
            .createQuery(
                "SELECT id, name, activity FROM thread WHERE owner = :owner"
                    + condition
                    + " ORDER BY activity DESC, id LIMIT :limit")
            .bind("owner", owner)
            .bind("limit", limit);
    if (!after.isEmpty()) {
      query.bind("activity", after.get(0)).bind("id", after.get(1));
    }
    return query
        .map(
            (row, context) ->
                new ThreadSummary(
                    ThreadId.of(row.getString("id")),
                    Optional.ofNullable(row.getString("name")),
                    new Timestamp(row.getString("activity"))))
        .list();
  }

  private static Cursor after(List<ThreadSummary> read) {
    ThreadSummary last = read.get(read.size() - 1);
    return Cursors.of(LIST, last.updatedAt().text(), last.id().value());
  }
}
