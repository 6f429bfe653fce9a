package dev.threadkeep.local;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** Reads all that is stored under the id of a thread, page by page: thread, steps, elements. */
final class Contents {
  private static final String LIST = "contents";
  private static final String STEP = "step";
  private static final String ELEMENT = "element";

  /** Where a page ends, in characters; the item that passes this is still on it. */
  private static final long PAGE_SIZE = 1_024 * 1_024;

  /** Items on a page at most. */
  private static final int PAGE = 100;

  private static final String STEPS =
      "SELECT step.id AS id, step.body AS body, thread.owner AS owner,"
          + " coalesce(nullif(entry.activity, ''), thread.activity) AS place"
          + " FROM step JOIN thread ON thread.id = step.thread"
          + " LEFT JOIN entry ON entry.thread = step.thread AND entry.step = step.id"
          + " AND entry.list = 'feedback'"
          + " WHERE step.thread = :thread AND step.id > :after ORDER BY step.id";

  private static final String ELEMENTS =
      "SELECT id, body, NULL AS owner, NULL AS place FROM element"
          + " WHERE thread = :thread AND id > :after ORDER BY id";

  private final Handle handle;
  private final ThreadId thread;
  private final List<StoredItem> items = new ArrayList<>();
  private long size;

  Contents(Handle handle, ThreadId thread) {
    this.handle = handle;
    this.thread = thread;
  }

  /** A row that has been read. */
  private record Row(String id, String body, Optional<String> owner, Optional<String> place) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("id"),
          row.getString("body"),
          Optional.ofNullable(row.getString("owner")),
          Optional.ofNullable(row.getString("place")));
    }
  }

  Page<StoredItem> page(Optional<Cursor> after) {
    List<String> position = after.map(it -> Cursors.key(LIST, 2, it)).orElse(List.of(STEP, ""));
    if (after.isEmpty()) {
      addThread();
    }
    Optional<Cursor> next = Optional.empty();
    if (position.get(0).equals(STEP)) {
      next = add(STEPS, STEP, position.get(1), this::step);
      position = List.of(ELEMENT, "");
    }
    if (next.isEmpty()) {
      next = add(ELEMENTS, ELEMENT, position.get(1), this::element);
    }
    return Page.of(items, next);
  }

  private void addThread() {
    handle
        .createQuery(
            "SELECT id, body, owner, activity AS place FROM thread"
                + " WHERE id = :thread AND body IS NOT NULL")
        .bind("thread", thread)
        .map((row, context) -> Row.of(row))
        .findOne()
        .ifPresent(row -> items.add(readable("thread " + thread, row, it -> thread(it, row))));
  }

  /** Adds rows until the page is full; where to go on then. */
  private Optional<Cursor> add(
      String query, String kind, String after, Function<Row, StoredItem> reader) {
    try (ResultIterator<Row> rows =
        handle
            .createQuery(query)
            .bind("thread", thread)
            .bind("after", after)
            .map((row, context) -> Row.of(row))
            .iterator()) {
      return add(rows, kind, after, reader);
    }
  }

  private Optional<Cursor> add(
      Iterator<Row> rows, String kind, String after, Function<Row, StoredItem> reader) {
    String last = after;
    while (rows.hasNext()) {
      if (size >= PAGE_SIZE || items.size() >= PAGE) {
        return Optional.of(Cursors.of(LIST, kind, last));
      }
      Row row = rows.next();
      items.add(reader.apply(row));
      size += row.body().length();
      last = row.id();
    }
    return Optional.empty();
  }

  private static StoredItem thread(JsonObject body, Row row) {
    ChatThread thread = ThreadAttributes.SCHEMA.fromStored(body);
    return new StoredItem.OfThread(
        thread, row.owner().flatMap(owner -> row.place()).map(Timestamp::new));
  }

  private StoredItem step(Row row) {
    return readable(
        "step " + row.id() + " of thread " + thread,
        row,
        body -> {
          Step step = StepAttributes.SCHEMA.fromStored(body);
          return new StoredItem.OfStep(
              step,
              row.place()
                  .filter(it -> row.owner().isPresent() && step.feedback().isPresent())
                  .map(Timestamp::new));
        });
  }

  private StoredItem element(Row row) {
    return readable(
        "element " + row.id() + " of thread " + thread,
        row,
        body -> new StoredItem.OfElement(ElementAttributes.SCHEMA.fromStored(body)));
  }

  private static StoredItem readable(
      String what, Row row, Function<JsonObject, StoredItem> reader) {
    try {
      return reader.apply(Body.read(what, row.body()));
    } catch (DataLayerException corrupt) {
      return new StoredItem.Unreadable(what, "it is no JSON object, or has no id");
    }
  }
}
