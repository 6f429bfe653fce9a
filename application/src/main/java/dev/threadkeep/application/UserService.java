package dev.threadkeep.application;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.UserRepository;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can be done with users. */
public final class UserService {
  private final UserRepository users;
  private final Ownership ownership;

  UserService(UserRepository users, Ownership ownership) {
    this.users = users;
    this.ownership = ownership;
  }

  /** The user; fails with {@code NOT_FOUND} when there is none. */
  public CompletionStage<User> get(Caller caller, UserId id) {
    return ownership
        .check(caller, id)
        .thenCompose(allowed -> users.find(id))
        .thenApply(user -> user.orElseThrow(() -> DataLayerException.notFound("user", id)));
  }

  /**
   * Creates the user, or merges it into the one that is stored; see {@link UserRepository#upsert}.
   */
  public CompletionStage<User> put(Caller caller, User user) {
    return ownership.check(caller, user.id()).thenCompose(allowed -> users.upsert(user));
  }

  /** The user as stored, created as given when it is seen for the first time. */
  public CompletionStage<User> getOrCreate(Caller caller, User firstSeen) {
    return ownership
        .check(caller, firstSeen.id())
        .thenCompose(allowed -> users.find(firstSeen.id()))
        .thenCompose(
            found ->
                found
                    .<CompletionStage<User>>map(CompletableFuture::completedStage)
                    .orElseGet(() -> users.upsert(firstSeen)));
  }
}
