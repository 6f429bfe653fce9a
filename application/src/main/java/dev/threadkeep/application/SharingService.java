package dev.threadkeep.application;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.MemoryReservation;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.ElementRepository;
import dev.threadkeep.domain.port.ThreadRepository;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/**
 * Threads that anybody may read who has their link, until their owner ends it. What is written to
 * them meanwhile is seen, too.
 */
public final class SharingService {
  private final ThreadRepository threads;
  private final ElementRepository elements;
  private final Ownership ownership;
  private final Clock clock;

  SharingService(
      ThreadRepository threads, ElementRepository elements, Ownership ownership, Clock clock) {
    this.threads = threads;
    this.elements = elements;
    this.ownership = ownership;
    this.clock = clock;
  }

  /** Shares the thread; its place in the list stays. Fails with {@code NOT_FOUND}. */
  public CompletionStage<ChatThread> share(Caller caller, ThreadId id) {
    return change(
        caller,
        id,
        JsonObject.of(SharedThread.IS_SHARED, JsonValue.of(true))
            .with(SharedThread.SHARED_AT, JsonValue.of(Timestamp.of(clock.instant()).text())));
  }

  /** Ends it at once, for files as well. Fails with {@code NOT_FOUND}. */
  public CompletionStage<ChatThread> unshare(Caller caller, ThreadId id) {
    return change(
        caller,
        id,
        JsonObject.of(SharedThread.IS_SHARED, JsonValue.of(false))
            .with(SharedThread.SHARED_AT, JsonValue.Null.NULL));
  }

  /** What everybody sees of a shared thread; fails with {@code NOT_FOUND} when it is not shared. */
  public CompletionStage<SharedThread> view(ThreadId id) {
    return view(id, MemoryReservation.unlimited());
  }

  /** {@link #view(ThreadId)} as memory allows. */
  public CompletionStage<SharedThread> view(ThreadId id, MemoryReservation memory) {
    return check(id) // of a thread that is not shared, nobody makes us read all
        .thenCompose(shared -> threads.load(id, memory))
        .thenApply(
            found ->
                found
                    .filter(it -> SharedThread.isShared(it.thread()))
                    .map(SharedThread::of)
                    .orElseThrow(() -> notFound(id)));
  }

  /**
   * The element of a shared thread as it is stored, with the key of its file; fails with {@code
   * NOT_FOUND} when the thread is not shared now, or the element is not there or has no file.
   */
  public CompletionStage<Element> viewFile(ThreadId thread, ElementId id) {
    return check(thread)
        .thenCompose(shared -> elements.find(thread, id))
        .thenApply(
            found ->
                found
                    .filter(element -> element.objectKey().isPresent())
                    .orElseThrow(() -> DataLayerException.notFound("file of element", id)));
  }

  private CompletionStage<Void> check(ThreadId id) {
    return threads
        .find(id)
        .thenAccept(
            found -> {
              if (found.filter(SharedThread::isShared).isEmpty()) {
                throw notFound(id);
              }
            });
  }

  private CompletionStage<ChatThread> change(Caller caller, ThreadId id, JsonObject metadata) {
    return ownership
        .check(caller, id)
        .thenCompose(allowed -> threads.update(id, Patch.set(ThreadAttributes.METADATA, metadata)));
  }

  private static DataLayerException notFound(ThreadId id) {
    return DataLayerException.notFound("shared thread", id);
  }
}
