package dev.threadkeep.application;

import dev.threadkeep.application.Caller.Person;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with threads. */
public final class ThreadService {
  private final ThreadRepository threads;
  private final Ownership ownership;
  private final Activity activity;
  private final Files files;
  private final ThreadRemoval removal;
  private final ThreadEnds ends;
  private final ThreadCreation creation;

  ThreadService(
      ThreadRepository threads,
      Ownership ownership,
      Activity activity,
      Files files,
      ThreadRemoval removal,
      ThreadEnds ends) {
    this.ends = ends;
    this.threads = threads;
    this.ownership = ownership;
    this.activity = activity;
    this.files = files;
    this.removal = removal;
    this.creation = new ThreadCreation(threads, ownership, activity, ends);
  }

  /**
   * Creates the thread, or merges it into the one that is stored. A person's thread is theirs; the
   * service names the owner, or none.
   *
   * @return the thread as it is stored now; fails with {@code NOT_FOUND} when a person names
   *     another owner, or the thread is not theirs or has expired, and with {@code CONFLICT} when
   *     the service would change the owner, or the thread has expired and is not removed yet
   */
  public CompletionStage<ChatThread> put(Caller caller, ChatThread thread) {
    return ends.check(thread).thenCompose(allowed -> creation.put(caller, thread));
  }

  /** The thread's own data; fails with {@code NOT_FOUND}. */
  public CompletionStage<ChatThread> get(Caller caller, ThreadId id) {
    return ownership.find(caller, id).thenApply(found -> found.orElseThrow(() -> notFound(id)));
  }

  /**
   * The thread with its steps and elements, whose addresses are signed; fails with {@code
   * NOT_FOUND}.
   */
  public CompletionStage<Conversation> load(Caller caller, ThreadId id) {
    return load(caller, id, MemoryReservation.unlimited());
  }

  /** {@link #load(Caller, ThreadId)} as memory allows. */
  public CompletionStage<Conversation> load(Caller caller, ThreadId id, MemoryReservation memory) {
    return threads
        .load(id, memory)
        .thenApply(
            found ->
                found
                    .filter(conversation -> Ownership.reaches(caller, conversation.thread()))
                    .orElseThrow(() -> notFound(id)))
        .thenCompose(this::sign);
  }

  /** All of a user's threads, as {@link #load} gives them. */
  public CompletionStage<ThreadExport> export(Caller caller, UserId owner, ThreadFilter filter) {
    return export(caller, owner, filter, MemoryReservation.unlimited());
  }

  /**
   * {@link #export(Caller, UserId, ThreadFilter)} as memory allows, which is asked for again for
   * each thread.
   */
  public CompletionStage<ThreadExport> export(
      Caller caller, UserId owner, ThreadFilter filter, MemoryReservation memory) {
    return ownership
        .check(caller, owner)
        .thenApply(allowed -> new ThreadExport(threads, owner, filter, memory, this::sign));
  }

  /**
   * The thread's owner; fails with {@code NOT_FOUND} when there is no such thread, or it has no
   * owner.
   */
  public CompletionStage<UserId> author(Caller caller, ThreadId id) {
    return threads
        .findAuthor(id)
        .thenApply(
            author ->
                author
                    .filter(
                        owner -> !(caller instanceof Person person) || person.id().equals(owner))
                    .orElseThrow(() -> notFound(id)));
  }

  /** A page of a user's threads, the last active first. */
  public CompletionStage<Page<ThreadSummary>> list(
      Caller caller, UserId owner, ThreadFilter filter, PageRequest page) {
    return ownership.check(caller, owner).thenCompose(allowed -> threads.list(owner, filter, page));
  }

  /** The same page with all data of each thread, for one batch read more. */
  public CompletionStage<Page<DetailedThread>> listDetailed(
      Caller caller, UserId owner, ThreadFilter filter, PageRequest page) {
    return list(caller, owner, filter, page).thenCompose(this::addDetails);
  }

  /** Changes the thread; its place in the list stays. Fails with {@code NOT_FOUND}. */
  public CompletionStage<ChatThread> update(Caller caller, ThreadId id, Patch patch) {
    return ends.check(patch)
        .thenCompose(allowed -> ownership.check(caller, id))
        .thenCompose(allowed -> threads.update(id, patch));
  }

  /**
   * Removes the thread with its steps, elements and files; the service also removes what is left of
   * a thread that is gone. Fails with {@code NOT_FOUND} when there is nothing; repeat it when it
   * fails otherwise.
   */
  public CompletionStage<Void> delete(Caller caller, ThreadId id) {
    return ownership
        .check(caller, id)
        .thenCompose(allowed -> removal.remove(id))
        .thenAccept(
            removed -> {
              if (!removed) {
                throw notFound(id);
              }
              activity.deleted(id);
            });
  }

  private CompletionStage<Conversation> sign(Conversation whole) {
    if (whole.elements().isEmpty()) {
      return CompletableFuture.completedStage(whole);
    }
    return files
        .sign(whole.elements())
        .thenApply(
            signed -> new Conversation(whole.thread(), whole.steps(), signed, whole.skipped()));
  }

  private CompletionStage<Page<DetailedThread>> addDetails(Page<ThreadSummary> page) {
    return threads
        .findAll(page.items().stream().map(ThreadSummary::id).toList())
        .thenApply(
            found -> {
              Map<ThreadId, ChatThread> byId =
                  found.stream().collect(Collectors.toMap(ChatThread::id, Function.identity()));
              return page.map(
                  summary ->
                      new DetailedThread(summary, Optional.ofNullable(byId.get(summary.id()))));
            });
  }

  private static DataLayerException notFound(ThreadId id) {
    return DataLayerException.notFound("thread", id);
  }
}
