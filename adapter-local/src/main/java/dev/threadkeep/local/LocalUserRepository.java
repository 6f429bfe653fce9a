package dev.threadkeep.local;

import static dev.threadkeep.domain.UserAttributes.CREATED_AT;
import static dev.threadkeep.domain.UserAttributes.SCHEMA;
import static dev.threadkeep.domain.UserAttributes.UPDATED_AT;

import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.UserRepository;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** Users as rows of the table {@code user}. */
final class LocalUserRepository implements UserRepository {
  private final Database database;
  private final Stamps stamps;

  LocalUserRepository(Database database, Stamps stamps) {
    this.database = database;
    this.stamps = stamps;
  }

  @Override
  public CompletionStage<Optional<User>> find(UserId id) {
    return database.read("find user " + id, handle -> stored(handle, id).map(SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<User> upsert(User user) {
    return database.write(
        "upsert user " + user.id(), () -> SCHEMA.check(user), handle -> merge(handle, user));
  }

  @Override
  public CompletionStage<Boolean> delete(UserId id) {
    return database.write(
        "delete user " + id,
        handle ->
            handle.createUpdate("DELETE FROM user WHERE id = :id").bind("id", id).execute() > 0);
  }

  private User merge(Handle handle, User user) {
    JsonObject stored = stored(handle, user.id()).orElse(JsonObject.empty());
    JsonObject merged = SCHEMA.merge(stored, SCHEMA.toJson(user));
    JsonObject stamped = stamps.now(UPDATED_AT, stamps.ifAbsent(CREATED_AT, merged));
    handle
        .createUpdate(
            "INSERT INTO user (id, body) VALUES (:id, :body)"
                + " ON CONFLICT (id) DO UPDATE SET body = excluded.body")
        .bind("id", user.id())
        .bind("body", Body.write(stamped))
        .execute();
    return SCHEMA.fromStored(stamped);
  }

  private static Optional<JsonObject> stored(Handle handle, UserId id) {
    return handle
        .createQuery("SELECT body FROM user WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(body -> Body.read("user " + id, body));
  }
}
