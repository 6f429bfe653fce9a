package dev.threadkeep.local;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Removes what is stored under the id of a thread, and knows its files until the thread is gone.
 */
final class ThreadRemoval {
  private ThreadRemoval() {}

  /** Removes the steps and elements. */
  static Deletion clear(Handle handle, ThreadId id) {
    Set<BlobKey> files = new LinkedHashSet<>(filesLeft(handle, id));
    ElementRows.filesOf(handle, id).forEach(it -> files.add(it.file()));
    if (!files.isEmpty()) {
      JsonValue keys =
          new JsonValue.Array(
              files.stream().<JsonValue>map(it -> JsonValue.of(it.value())).toList());
      handle
          .createUpdate("UPDATE thread SET files_left = :keys WHERE id = :id AND body IS NOT NULL")
          .bind("id", id)
          .bind("keys", JsonText.write(keys))
          .execute();
    }
    int items =
        Stream.of("step", "element")
            .mapToInt(
                table ->
                    handle
                        .createUpdate("DELETE FROM " + table + " WHERE thread = :id")
                        .bind("id", id)
                        .execute())
            .sum();
    ThreadRows.releaseIfEmpty(handle, id);
    return new Deletion(items, List.copyOf(files));
  }

  /** Removes all. */
  static Deletion delete(Handle handle, ThreadId id) {
    Deletion cleared = clear(handle, id);
    int last = handle.createUpdate("DELETE FROM thread WHERE id = :id").bind("id", id).execute();
    return new Deletion(cleared.items() + last, cleared.files());
  }

  private static List<BlobKey> filesLeft(Handle handle, ThreadId id) {
    return handle
        .createQuery("SELECT value FROM thread, json_each(thread.files_left) WHERE thread.id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .map(BlobKey::of)
        .list();
  }
}
