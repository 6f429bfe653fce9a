package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.port.UserRepository;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

final class InMemoryUsers implements UserRepository {
  private final Tables tables;

  InMemoryUsers(Tables tables) {
    this.tables = tables;
  }

  @Override
  public CompletionStage<Optional<User>> find(UserId id) {
    return tables.run(
        () -> Optional.ofNullable(tables.users.get(id)).map(UserAttributes.SCHEMA::fromStored));
  }

  @Override
  public CompletionStage<User> upsert(User user) {
    return tables.run(
        () -> {
          JsonObject stored = tables.users.getOrDefault(user.id(), JsonObject.empty());
          JsonObject merged = Tables.merge(UserAttributes.SCHEMA, stored, user);
          merged = tables.stampIfAbsent(merged, UserAttributes.CREATED_AT);
          merged = tables.stamp(merged, UserAttributes.UPDATED_AT);
          tables.users.put(user.id(), merged);
          return UserAttributes.SCHEMA.fromStored(merged);
        });
  }

  @Override
  public CompletionStage<Boolean> delete(UserId id) {
    return tables.run(() -> tables.users.remove(id) != null);
  }
}
