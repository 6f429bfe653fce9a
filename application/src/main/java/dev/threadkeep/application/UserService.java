package dev.threadkeep.application;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.UserRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What can be done with users. */
public final class UserService {
  private final UserRepository users;
  private final Ownership ownership;
  private final DataStore store;
  private final Optional<BlobStore> files;
  private final BlobKeys keys;

  UserService(DataStore store, Optional<BlobStore> files, BlobKeys keys, Ownership ownership) {
    this.users = store.users();
    this.ownership = ownership;
    this.store = store;
    this.files = files;
    this.keys = keys;
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

  /**
   * Removes everything of a user: threads, steps, elements, files, the user. Fails with {@code
   * NOT_FOUND} when there is nothing; when it fails otherwise, repeat it. It takes as long as there
   * are threads to remove.
   *
   * @param observer is told now and then how far it is
   */
  public CompletionStage<ErasedUser> erase(
      Caller caller, UserId id, Consumer<ErasedUser> observer) {
    return ownership
        .check(caller, id)
        .thenCompose(allowed -> new Erasure(store, files, keys, id, observer).run())
        .thenApply(
            erased -> {
              if (erased.isNothing()) {
                throw DataLayerException.notFound("user", id);
              }
              return erased;
            });
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
