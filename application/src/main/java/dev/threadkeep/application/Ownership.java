package dev.threadkeep.application;

import dev.threadkeep.application.Caller.Person;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides what a caller reaches. Both "not yours" and "not there" are {@code NOT_FOUND}, in the
 * same words.
 */
final class Ownership {
  private final ThreadRepository threads;
  private final Retention retention;

  Ownership(ThreadRepository threads, Retention retention) {
    this.threads = threads;
    this.retention = retention;
  }

  /**
   * Completes when the caller reaches what belongs to the thread. The service does, whether there
   * is such a thread or not.
   */
  CompletionStage<Void> check(Caller caller, ThreadId thread) {
    return caller instanceof Person
        ? author(caller, thread).thenAccept(author -> {})
        : CompletableFuture.completedStage(null);
  }

  /**
   * Completes when the caller may read what belongs to the thread: as {@link #check(Caller,
   * ThreadId)}, and nobody reads what an expired thread has left. Where threads expire, that costs
   * the service a read, which a person's check has done anyway.
   */
  CompletionStage<Void> checkRead(Caller caller, ThreadId thread) {
    return caller instanceof Person || !retention.threadsExpire()
        ? check(caller, thread)
        : threads
            .isExpired(thread)
            .thenAccept(
                expired -> {
                  if (expired) {
                    throw DataLayerException.notFound("thread", thread);
                  }
                });
  }

  /** The thread's owner, if it has one, as {@link #check(Caller, ThreadId)} lets it be known. */
  CompletionStage<Optional<UserId>> author(Caller caller, ThreadId thread) {
    return threads
        .findAuthor(thread)
        .thenApply(
            author -> {
              if (caller instanceof Person person && !author.equals(Optional.of(person.id()))) {
                throw DataLayerException.notFound("thread", thread);
              }
              return author;
            });
  }

  /** The thread's own data, if it is there and the caller reaches it. */
  CompletionStage<Optional<ChatThread>> find(Caller caller, ThreadId id) {
    return threads.find(id).thenApply(found -> found.filter(thread -> reaches(caller, thread)));
  }

  /** Completes when the caller may act for the user. */
  CompletionStage<Void> check(Caller caller, UserId user) {
    return !(caller instanceof Person person) || person.id().equals(user)
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(DataLayerException.notFound("user", user));
  }

  /** Whether the caller reaches a thread that has been read. */
  static boolean reaches(Caller caller, ChatThread thread) {
    return !(caller instanceof Person person) || thread.userId().equals(Optional.of(person.id()));
  }
}
