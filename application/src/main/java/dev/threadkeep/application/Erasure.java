package dev.threadkeep.application;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Removes everything of a user: threads with all that belongs to them, files, also those that
 * nothing refers to any more, and the user. It can be stopped at any point and run again. A list
 * may lag behind, so what it says is asked for until nothing is left.
 *
 * <p>A thread that is missing from its owner's list is not found; the {@link Doctor} puts it there.
 */
final class Erasure {
  /** Threads that are removed at the same time. */
  private static final int AT_A_TIME = 4;

  /** How often a list may say what is gone already, or be filled anew meanwhile. */
  private static final int ROUNDS = 20;

  private static final long PAUSE_MILLIS = 500;

  private static final ThreadFilter ALL = ThreadFilter.all().withExpired();

  private final DataStore store;
  private final Optional<BlobStore> files;
  private final BlobKeys keys;
  private final ThreadRemoval removal;
  private final UserId user;
  private final Consumer<ErasedUser> observer;

  private final AtomicReference<ErasedUser> erased;
  private int rounds;

  /**
   * @param observer is told after each page of threads
   */
  Erasure(
      DataStore store,
      Optional<BlobStore> files,
      BlobKeys keys,
      UserId user,
      Consumer<ErasedUser> observer) {
    this.store = store;
    this.files = files;
    this.keys = keys;
    this.removal = new ThreadRemoval(store.threads(), files);
    this.user = user;
    this.observer = observer;
    this.erased = new AtomicReference<>(ErasedUser.nothing(user));
  }

  /** To be called once. What was removed; fails when something is left. */
  CompletionStage<ErasedUser> run() {
    return removeThreads()
        .thenCompose(done -> store.users().delete(user))
        .thenCompose(
            wasThere -> {
              if (wasThere) {
                erased.updateAndGet(ErasedUser::withUser);
              }
              return isAnythingLeft();
            })
        .thenCompose(
            left ->
                left
                    ? again().thenCompose(paused -> run())
                    : CompletableFuture.completedStage(erased.get()));
  }

  private CompletionStage<Void> removeThreads() {
    return store
        .threads()
        .list(user, ALL, PageRequest.first(PageRequest.MAX))
        .thenCompose(
            page -> {
              if (page.items().isEmpty()) {
                return CompletableFuture.completedStage(null);
              }
              List<ThreadId> threads = page.items().stream().map(ThreadSummary::id).toList();
              ErasedUser before = erased.get();
              return strayFiles(threads)
                  .thenCompose(stray -> remove(threads, stray))
                  .thenCompose(
                      done ->
                          Objects.equals(before, erased.get())
                              ? again()
                              : CompletableFuture.<Void>completedStage(null))
                  .thenCompose(next -> removeThreads());
            });
  }

  private CompletionStage<Void> remove(List<ThreadId> threads, List<BlobKey> stray) {
    return Stages.inTurn(
            Stages.groups(threads, AT_A_TIME),
            group -> Stages.all(group.stream().map(it -> remove(it, stray)).toList()))
        .thenAccept(done -> observer.accept(erased.get()));
  }

  private CompletionStage<Void> remove(ThreadId thread, List<BlobKey> stray) {
    List<BlobKey> own = stray.stream().filter(key -> keys.isOf(user, thread, key)).toList();
    CompletionStage<Void> unreferenced =
        own.isEmpty()
            ? CompletableFuture.completedStage(null)
            : store
                .maintenance()
                .filesOf(thread)
                .thenCompose(referred -> deleteOthers(own, referred.orElse(Set.of())));
    return unreferenced.thenCompose(done -> removal.removeAll(thread)).thenAccept(this::note);
  }

  /**
   * Files that elements have go with these, so that a stop in between leaves no element without.
   */
  private CompletionStage<Void> deleteOthers(List<BlobKey> own, Set<BlobKey> referred) {
    List<BlobKey> others = own.stream().filter(key -> !referred.contains(key)).toList();
    return files
        .orElseThrow()
        .deleteAll(others)
        .thenAccept(
            results -> {
              results.stream()
                  .flatMap(result -> result.error().stream())
                  .findFirst()
                  .ifPresent(
                      error -> {
                        throw error;
                      });
              erased.updateAndGet(it -> it.withFiles(others.size()));
            });
  }

  private void note(Deletion removed) {
    if (removed.items() > 0) {
      erased.updateAndGet(it -> it.with(removed));
    }
  }

  /** The stored files whose keys name one of these threads. */
  private CompletionStage<List<BlobKey>> strayFiles(List<ThreadId> threads) {
    List<BlobKey> found = new ArrayList<>();
    return files.isEmpty()
        ? CompletableFuture.completedStage(found)
        : Stages.inTurn(
                keys.prefixesOf(user),
                prefix ->
                    Stages.pages(
                        after -> files.get().list(prefix, after),
                        page -> {
                          page.items().stream()
                              .map(BlobEntry::key)
                              .filter(
                                  key -> threads.stream().anyMatch(it -> keys.isOf(user, it, key)))
                              .forEach(found::add);
                          return CompletableFuture.completedStage(null);
                        }))
            .thenApply(done -> found);
  }

  private CompletionStage<Boolean> isAnythingLeft() {
    return store
        .threads()
        .list(user, ALL, PageRequest.first(1))
        .thenCombine(
            store.users().find(user),
            (threads, found) -> !threads.items().isEmpty() || found.isPresent());
  }

  private CompletionStage<Void> again() {
    if (++rounds > ROUNDS) {
      throw new DataLayerException(
          ErrorCode.UNAVAILABLE,
          "user " + user + " is not gone: there is still something in the list; repeat it");
    }
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
