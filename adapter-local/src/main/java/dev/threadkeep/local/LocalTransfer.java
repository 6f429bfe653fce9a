package dev.threadkeep.local;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.TransferRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** Brings all that the database holds out of it, and what others hold into it. */
final class LocalTransfer implements TransferRepository {
  private static final String LIST = "all users";
  private static final int PAGE = 100;

  private final Database database;

  LocalTransfer(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Page<User>> users(Optional<Cursor> after) {
    return database.read(
        "list all users",
        handle -> users(handle, after.map(it -> Cursors.key(LIST, 1, it).get(0)).orElse("")));
  }

  @Override
  public CompletionStage<Optional<User>> user(UserId id) {
    return database.read(
        "find user " + id,
        handle -> Restore.userBody(handle, id).map(UserAttributes.SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<Page<StoredItem>> contents(ThreadId thread, Optional<Cursor> after) {
    return database.read(
        "read all of thread " + thread, handle -> new Contents(handle, thread).page(after));
  }

  @Override
  public CompletionStage<Boolean> restore(StoredItem item) {
    return database.write(
        "restore",
        () -> {
          if (item instanceof StoredItem.Unreadable) {
            throw DataLayerException.invalid("item", "is unreadable");
          }
        },
        handle -> Restore.item(handle, item));
  }

  private static Page<User> users(Handle handle, String after) {
    List<Body.Row> rows =
        Body.rows(
            handle
                .createQuery(
                    "SELECT '' AS thread, id, body FROM user WHERE id > :after"
                        + " ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", PAGE + 1)); // one more tells whether there is more
    List<Body.Row> page = rows.subList(0, Math.min(PAGE, rows.size()));
    return Page.of(
        page.stream()
            .map(row -> Body.read("user " + row.id(), row.body()))
            .map(UserAttributes.SCHEMA::fromStored)
            .toList(),
        rows.size() > PAGE
            ? Optional.of(Cursors.of(LIST, rows.get(PAGE - 1).id()))
            : Optional.empty());
  }
}
