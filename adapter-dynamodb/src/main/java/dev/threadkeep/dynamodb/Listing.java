package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Fills one page of a listing: reads on, more each time, until there is one item more than wanted,
 * the list ends, or the budget is used up.
 */
final class Listing<T> {
  /** Items that one query is asked for at most. */
  private static final int MOST = 1_000;

  private final Requests requests;
  private final Supplier<Query> query;
  private final Reader<T> reader;
  private final Function<Map<String, AttributeValue>, Optional<Cursor>> cursor;
  private final int first;
  private final int budget;

  private final List<T> found = new ArrayList<>();
  private Map<String, AttributeValue> lastFound = Map.of();
  private Map<String, AttributeValue> lastRead = Map.of();
  private int count;

  /**
   * A listing, for one page.
   *
   * @param reader what the items are in the list
   * @param cursor where the list goes on after an item
   * @param first how many are wanted
   * @param budget how many items may be read for that
   */
  Listing(
      Requests requests,
      Supplier<Query> query,
      Reader<T> reader,
      Function<Map<String, AttributeValue>, Optional<Cursor>> cursor,
      int first,
      int budget) {
    this.requests = requests;
    this.query = query;
    this.reader = reader;
    this.cursor = cursor;
    this.first = first;
    this.budget = budget;
  }

  /** Knows what items are in a list. */
  @FunctionalInterface
  interface Reader<T> {
    /** For each of the items, in the same order; nothing for one that is not wanted. */
    CompletionStage<List<Optional<T>>> read(List<Map<String, AttributeValue>> items);

    /** One that sees all that it needs in the item itself. */
    static <T> Reader<T> of(Function<Map<String, AttributeValue>, Optional<T>> item) {
      return items -> CompletableFuture.completedStage(items.stream().map(item).toList());
    }
  }

  /** The page after a key; an empty key is the beginning. */
  CompletionStage<Page<T>> page(Map<String, AttributeValue> after) {
    return read(after, first + 1);
  }

  private CompletionStage<Page<T>> read(Map<String, AttributeValue> after, int wanted) {
    int limit = Math.min(wanted, budget - count);
    return requests
        .query(query.get().after(after).limit(limit))
        .thenCompose(
            response ->
                reader
                    .read(response.items())
                    .thenCompose(
                        read -> {
                          Optional<Page<T>> page = take(response, read);
                          return page.isPresent()
                              ? CompletableFuture.completedStage(page.get())
                              : read(response.lastEvaluatedKey(), Math.min(2 * wanted, MOST));
                        }));
  }

  /** The page, if this response is the last one that it needs. */
  private Optional<Page<T>> take(QueryResponse response, List<Optional<T>> read) {
    for (int i = 0; i < read.size(); i++) {
      Map<String, AttributeValue> item = response.items().get(i);
      if (read.get(i).isPresent()) {
        if (found.size() == first) {
          return Optional.of(Page.of(found, cursor.apply(lastFound)));
        }
        found.add(read.get(i).get());
        lastFound = item;
      }
      lastRead = item;
      count++;
    }
    if (response.lastEvaluatedKey().isEmpty()) {
      return Optional.of(Page.of(found, Optional.empty()));
    }
    return count < budget
        ? Optional.empty()
        : Optional.of(new Page<>(found, cursor.apply(lastRead), true));
  }
}
