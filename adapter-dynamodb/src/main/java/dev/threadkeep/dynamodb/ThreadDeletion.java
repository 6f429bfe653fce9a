package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PartialFailureException;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.dynamodb.Batches.Left;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Removes all of a partition, whatever is in it: what belongs to the thread, the large values of
 * its steps, and the thread itself last.
 */
final class ThreadDeletion {
  private static final String FILE = ElementAttributes.OBJECT_KEY.name();

  /** What the keys may take of the thread's item: some two thousand of common length. */
  private static final int REMEMBERED_BYTES = 200 * 1_024;

  private final Requests requests;
  private final Batches batches;
  private final LargeValues large;
  private final ThreadId thread;
  private final List<ItemKey> children = new ArrayList<>();
  private final List<ItemKey> entries = new ArrayList<>();
  private final Set<BlobKey> files = new LinkedHashSet<>();
  private final List<BlobKey> largeValues = new ArrayList<>();
  private boolean hasThread;

  ThreadDeletion(Requests requests, Batches batches, LargeValues large, ThreadId thread) {
    this.requests = requests;
    this.batches = batches;
    this.large = large;
    this.thread = thread;
  }

  /** Removes all but the thread itself, which takes down the names of the files before. */
  CompletionStage<Deletion> clear() {
    return read().thenCompose(all -> rememberFiles()).thenCompose(remembered -> removeChildren());
  }

  /** Removes all. */
  CompletionStage<Deletion> run() {
    return read()
        .thenCompose(all -> removeChildren())
        .thenCompose(
            cleared ->
                requests
                    .delete(requests.items(Schemas.THREADS), Keys.thread(thread))
                    .thenApply(
                        last ->
                            new Deletion(
                                cleared.items() + (last.isPresent() ? 1 : 0), cleared.files())));
  }

  private CompletionStage<Void> read() {
    return requests.queryAll(
        Query.thread(thread).project(Keys.PK, Keys.SK, FILE, Pointer.ATTRIBUTE, Keys.FILES_LEFT),
        this::take);
  }

  private CompletionStage<Deletion> removeChildren() {
    return batches
        .delete(Stream.concat(children.stream(), entries.stream()).toList())
        .thenCompose(
            left -> {
              if (!left.isEmpty()) {
                throw partialFailure(left);
              }
              return large.delete(largeValues);
            })
        .thenApply(gone -> new Deletion(children.size(), List.copyOf(files)));
  }

  /**
   * As many files as fit. The large values are removed here, but nobody knows whether it comes to
   * that.
   */
  private CompletionStage<Void> rememberFiles() {
    List<AttributeValue> remembered = new ArrayList<>();
    long room = REMEMBERED_BYTES;
    for (BlobKey file : Stream.concat(files.stream(), largeValues.stream()).toList()) {
      AttributeValue key = AttributeValue.fromS(file.value());
      room -= ItemSize.of(Map.of("", key));
      if (room > 0) {
        remembered.add(key);
      }
    }
    return hasThread && !remembered.isEmpty()
        ? remember(AttributeValue.fromL(remembered))
        : CompletableFuture.completedStage(null);
  }

  /** A thread that is so large that its files do not fit beside it is deleted all the same. */
  private CompletionStage<Void> remember(AttributeValue keys) {
    Update update = new Update().set(Keys.FILES_LEFT, keys).onlyIfHas(Keys.PK);
    return requests
        .update(Keys.thread(thread), update)
        .<Void>thenApply(outcome -> null)
        .exceptionallyCompose(
            failure ->
                DynamoErrors.known(failure).code() == ErrorCode.TOO_LARGE
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(failure));
  }

  private void take(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    if (Keys.isThread(key)) {
      hasThread = true;
      filesLeft(item).forEach(files::add);
      return;
    }
    if (Keys.entryOf(key).isPresent()) {
      entries.add(key);
      return;
    }
    children.add(key);
    fileOf(key, item).ifPresent(files::add);
    Pointer.allOf(JsonConverter.toObject(item))
        .values()
        .forEach(pointer -> largeValues.add(pointer.key()));
  }

  /** The file of an element; nothing for all else. */
  static Optional<BlobKey> fileOf(ItemKey key, Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get(FILE))
        .filter(file -> Keys.elementOf(key).isPresent())
        .flatMap(file -> ElementAttributes.OBJECT_KEY.type().read(JsonConverter.toJson(file)));
  }

  /** The files that a thread remembers whose delete has begun. */
  static List<BlobKey> filesLeft(Map<String, AttributeValue> item) {
    AttributeValue left = item.get(Keys.FILES_LEFT);
    return left == null
        ? List.of()
        : left.l().stream().map(AttributeValue::s).map(BlobKey::of).toList();
  }

  private PartialFailureException partialFailure(List<Left> left) {
    Optional<DataLayerException> error =
        left.stream().flatMap(it -> it.error().stream()).findFirst();
    List<String> remaining =
        Stream.concat(
                left.stream().flatMap(it -> it.keys().stream()), Stream.of(Keys.thread(thread)))
            .map(ItemKey::toString)
            .toList();
    return new PartialFailureException(
        error.map(DataLayerException::code).orElse(ErrorCode.THROTTLED),
        "thread " + thread + " is not gone: " + remaining.size() + " items are left; repeat it",
        remaining,
        error.orElse(null));
  }
}
