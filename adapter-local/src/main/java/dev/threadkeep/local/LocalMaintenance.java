package dev.threadkeep.local;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.ElementFile;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The check-up of the database. Some of what it looks for cannot be here: every step is whole and
 * keeps its values itself, and what is in a list is so by a row of the same transaction.
 */
final class LocalMaintenance implements MaintenanceRepository {
  private static final String LIST = "inventory";
  private static final int PAGE = 100;

  private final Database database;
  private final Clock clock;

  LocalMaintenance(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Page<ThreadInventory>> inventory(Optional<Cursor> after) {
    return database.read(
        "take stock",
        handle -> {
          String last = after.map(cursor -> Cursors.key(LIST, 1, cursor).get(0)).orElse("");
          List<ThreadInventory> page = new ArrayList<>(threads(handle, last));
          boolean isLast = page.size() <= PAGE;
          List<ThreadInventory> items = page.subList(0, Math.min(PAGE, page.size()));
          return Page.of(
              items,
              isLast
                  ? Optional.empty()
                  : Optional.of(Cursors.of(LIST, items.get(PAGE - 1).id().value())));
        });
  }

  @Override
  public CompletionStage<Optional<Set<BlobKey>>> filesOf(ThreadId thread) {
    return database.read(
        "list files of thread " + thread,
        handle -> {
          boolean exists =
              handle
                  .createQuery("SELECT count(*) > 0 FROM thread WHERE id = :id")
                  .bind("id", thread)
                  .mapTo(Boolean.class)
                  .one();
          return exists
              ? Optional.of(
                  ElementRows.filesOf(handle, thread).stream()
                      .map(ElementFile::file)
                      .collect(Collectors.toSet()))
              : Optional.empty();
        });
  }

  @Override
  public CompletionStage<Boolean> removeGhost(ThreadId thread, StepId step) {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public CompletionStage<Boolean> detachFile(ThreadId thread, ElementId element, BlobKey file) {
    String path = "$." + ElementAttributes.OBJECT_KEY.name();
    return database.write(
        "detach file " + file,
        handle ->
            handle
                    .createUpdate(
                        "UPDATE element SET body = json_remove(body, :path) WHERE thread = :thread"
                            + " AND id = :id AND json_extract(body, :path) = :file")
                    .bind("path", path)
                    .bind("thread", thread)
                    .bind("id", element)
                    .bind("file", file.value())
                    .execute()
                > 0);
  }

  @Override
  public CompletionStage<Boolean> detachContent(ThreadId thread, StepId step, BlobKey file) {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public CompletionStage<Boolean> keep(ThreadId thread) {
    return database.write(
        "keep thread " + thread,
        handle ->
            handle
                    .createUpdate(
                        "UPDATE thread SET files_left = NULL"
                            + " WHERE id = :id AND files_left IS NOT NULL")
                    .bind("id", thread)
                    .execute()
                > 0);
  }

  @Override
  public CompletionStage<Boolean> index(ThreadId thread) {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public CompletionStage<Boolean> list(ThreadId thread) {
    return CompletableFuture.completedStage(false);
  }

  private List<ThreadInventory> threads(Handle handle, String after) {
    return handle
        .createQuery(
            "SELECT id, body IS NOT NULL AS whole, files_left IS NOT NULL AS cleared, activity,"
                + " coalesce(expires <= :now, 0) AS expired,"
                + " json_extract(thread.body, '$.updatedAt') AS updated,"
                + " (SELECT max(json_extract(step.body, '$.createdAt')) FROM step WHERE step.thread = thread.id)"
                + " AS written,"
                + " (SELECT count(*) FROM step WHERE step.thread = thread.id)"
                + " + (SELECT count(*) FROM element WHERE element.thread = thread.id) AS children"
                + " FROM thread WHERE id > :after ORDER BY id LIMIT :limit")
        .bind("after", after)
        .bind("now", clock.instant().getEpochSecond())
        .bind("limit", PAGE + 1) // one more tells whether there is more
        .map((row, context) -> inventory(handle, row))
        .list();
  }

  private static ThreadInventory inventory(Handle handle, ResultSet row) throws SQLException {
    ThreadId id = ThreadId.of(row.getString("id"));
    List<Timestamp> times = new ArrayList<>();
    for (String column : List.of("activity", "updated", "written")) {
      times.add(new Timestamp(Optional.ofNullable(row.getString(column)).orElse("")));
    }
    State ifWhole = row.getBoolean("cleared") ? State.CLEARED : State.WHOLE;
    return ThreadInventory.builder()
        .id(id)
        .state(row.getBoolean("whole") ? ifWhole : State.MISSING)
        .isExpired(row.getBoolean("expired"))
        .children(row.getInt("children"))
        .latest(latest(times.stream()))
        .files(ElementRows.filesOf(handle, id))
        .build();
  }

  private static Optional<Instant> latest(Stream<Timestamp> times) {
    return times.map(Timestamp::instant).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
