package dev.threadkeep.domain.port;

import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The users. */
public interface UserRepository {
  /** The user, or nothing when there is none of this id. */
  CompletionStage<Optional<User>> find(UserId id);

  /**
   * Creates the user, or merges it into the one that is stored: its {@code createdAt} stays, absent
   * attributes stay, and the top-level members of {@code metadata} are added or replaced (a null
   * removes one). Atomic, and repeating it changes nothing but {@code updatedAt}.
   *
   * @return the user as it is stored now
   */
  CompletionStage<User> upsert(User user);

  /**
   * Removes the user's own item, not the threads; and what lists of the user's feedback and
   * favourites hold of threads that others have deleted. Whether there was such an item.
   */
  CompletionStage<Boolean> delete(UserId id);
}
