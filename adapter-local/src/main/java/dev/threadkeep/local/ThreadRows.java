package dev.threadkeep.local;

import static dev.threadkeep.domain.ThreadAttributes.SCHEMA;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the table {@code thread}, one by one. A row is there as long as anything is stored
 * under its id; it has a body when the thread itself is.
 */
final class ThreadRows {
  /** What holds for the row of a thread whose time is not over in the second {@code :now}. */
  static final String LIVE = "(thread.expires IS NULL OR thread.expires > :now)";

  private ThreadRows() {}

  static Optional<JsonObject> find(Handle handle, ThreadId id) {
    return handle
        .createQuery("SELECT body FROM thread WHERE id = :id AND body IS NOT NULL")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(body -> Body.read("thread " + id, body));
  }

  /** The thread, if its time is not over. */
  static Optional<JsonObject> findLive(Handle handle, ThreadId id, Instant now) {
    return find(handle, id).filter(body -> !SCHEMA.fromStored(body).isExpired(now));
  }

  /** Whether the time of the thread is over. */
  static boolean isExpired(Handle handle, ThreadId id, Instant now) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM thread WHERE id = :id AND NOT " + LIVE + ")")
        .bind("id", id)
        .bind("now", now.getEpochSecond())
        .mapTo(Boolean.class)
        .one();
  }

  /** What the steps and elements of a thread have, of which not one is read for that. */
  static long bytesOfChildren(Handle handle, ThreadId id) {
    return handle
        .createQuery(
            "SELECT (SELECT coalesce(sum(octet_length(body)), 0) FROM step WHERE thread = :id)"
                + " + (SELECT coalesce(sum(octet_length(body)), 0) FROM element WHERE thread = :id)")
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  /** Makes the row, unless it is there. To be called before anything is stored under the id. */
  static void ensure(Handle handle, ThreadId id) {
    handle
        .createUpdate("INSERT INTO thread (id) VALUES (:id) ON CONFLICT DO NOTHING")
        .bind("id", id)
        .execute();
  }

  /** Writes the thread into its row; the thread that it holds now. */
  static ChatThread save(Handle handle, JsonObject body) {
    ChatThread thread = SCHEMA.fromStored(body);
    handle
        .createUpdate(
            "UPDATE thread SET owner = :owner, name = :name, expires = :expires, body = :body"
                + " WHERE id = :id")
        .bind("id", thread.id())
        .bind("owner", thread.userId().map(UserId::value))
        .bind("name", thread.name())
        .bind("expires", thread.expiresAt().map(Instant::getEpochSecond))
        .bind("body", Body.write(body))
        .execute();
    thread.userId().ifPresent(owner -> Entries.own(handle, thread.id(), owner));
    return thread;
  }

  /**
   * Gives the thread the place of that time in the list, unless it is further up or its time is
   * over.
   */
  static void moveUp(Handle handle, ThreadId id, Timestamp activity, Instant now) {
    handle
        .createUpdate(
            "UPDATE thread SET activity = :activity"
                + " WHERE id = :id AND body IS NOT NULL AND coalesce(activity, '') < :activity"
                + " AND "
                + LIVE)
        .bind("id", id)
        .bind("activity", activity.text())
        .bind("now", now.getEpochSecond())
        .execute();
  }

  /** Removes the row if nothing is stored under the id any more. */
  static void releaseIfEmpty(Handle handle, ThreadId id) {
    handle
        .createUpdate(
            "DELETE FROM thread WHERE id = :id AND body IS NULL"
                + " AND NOT EXISTS (SELECT 1 FROM step WHERE thread = :id)"
                + " AND NOT EXISTS (SELECT 1 FROM element WHERE thread = :id)")
        .bind("id", id)
        .execute();
  }
}
