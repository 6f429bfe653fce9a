package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.ThreadSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Leaves threads out of a list that have expired. The index does not say so: that costs one batch
 * read of the threads that the list would have.
 */
record LiveThreads(Batches batches, Clock clock, Listing.Reader<ThreadSummary> entries)
    implements Listing.Reader<ThreadSummary> {
  @Override
  public CompletionStage<List<Optional<ThreadSummary>>> read(
      List<Map<String, AttributeValue>> items) {
    return entries.read(items).thenCompose(this::leaveOutExpired);
  }

  private CompletionStage<List<Optional<ThreadSummary>>> leaveOutExpired(
      List<Optional<ThreadSummary>> listed) {
    List<ItemKey> threads =
        listed.stream().flatMap(Optional::stream).map(it -> Keys.thread(it.id())).toList();
    return batches
        .get(threads)
        .thenApply(
            found -> {
              Instant now = clock.instant();
              return listed.stream()
                  .map(
                      thread ->
                          thread.filter(
                              it ->
                                  !Expiry.isOver(
                                      found.getOrDefault(Keys.thread(it.id()), Map.of()), now)))
                  .toList();
            });
  }
}
