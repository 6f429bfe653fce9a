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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Removes all of a partition, whatever is in it, and the thread itself last. */
final class ThreadDeletion {
  private static final String FILE = ElementAttributes.OBJECT_KEY.name();

  private final Requests requests;
  private final Batches batches;
  private final ThreadId thread;
  private final List<ItemKey> children = new ArrayList<>();
  private final List<BlobKey> files = new ArrayList<>();

  ThreadDeletion(Requests requests, Batches batches, ThreadId thread) {
    this.requests = requests;
    this.batches = batches;
    this.thread = thread;
  }

  CompletionStage<Deletion> run() {
    return requests
        .queryAll(Query.thread(thread).project(Keys.PK, Keys.SK, FILE), this::take)
        .thenCompose(all -> batches.delete(children))
        .thenCompose(
            left -> {
              if (!left.isEmpty()) {
                throw partialFailure(left);
              }
              return requests.delete(requests.items(Schemas.THREADS), Keys.thread(thread));
            })
        .thenApply(last -> new Deletion(children.size() + (last.isPresent() ? 1 : 0), files));
  }

  private void take(Map<String, AttributeValue> item) {
    ItemKey key = ItemKey.of(item);
    if (!Keys.isThread(key)) {
      children.add(key);
      Optional.ofNullable(item.get(FILE))
          .filter(file -> Keys.elementOf(key).isPresent())
          .flatMap(file -> ElementAttributes.OBJECT_KEY.type().read(JsonConverter.toJson(file)))
          .ifPresent(files::add);
    }
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
