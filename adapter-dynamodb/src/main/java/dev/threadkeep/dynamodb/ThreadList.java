package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.ThreadRepository;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A user's threads, as the index lists them. */
final class ThreadList {
  private final UserId owner;
  private final Requests requests;
  private final Listing.Reader<ThreadSummary> reader;
  private final int budget;

  ThreadList(
      Requests requests, UserId owner, ThreadFilter filter, Listing.Reader<ThreadSummary> reader) {
    this.requests = requests;
    this.owner = owner;
    this.reader = reader;
    this.budget = filter.search().isPresent() ? ThreadRepository.SEARCH_BUDGET : Integer.MAX_VALUE;
  }

  /** Takes the threads of a filter from the entries of the index alone. */
  static Listing.Reader<ThreadSummary> reader(ThreadFilter filter) {
    return Listing.Reader.of(
        entry -> IndexEntry.read(entry).filter(thread -> filter.matches(thread.name())));
  }

  CompletionStage<Page<ThreadSummary>> page(PageRequest page) {
    return new Listing<>(
            requests,
            () -> Query.threadsOf(owner),
            reader,
            IndexEntry::cursor,
            page.first(),
            budget)
        .page(page.after().map(after -> IndexEntry.keyOf(owner, after)).orElse(Map.of()));
  }
}
