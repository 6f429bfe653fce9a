package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The favourite steps of a user: a query for each of the user's threads, as Chainlit does it. */
final class Favorites {
  private static final int AT_A_TIME = 10;

  private static final Comparator<Step> NEWEST_FIRST =
      Comparator.comparing(
              (Step step) -> step.createdAt().orElse(new Timestamp("")), Timestamp.ORDER)
          .reversed();

  private final Requests requests;

  Favorites(Requests requests) {
    this.requests = requests;
  }

  CompletionStage<List<Step>> list(UserId owner) {
    List<ThreadId> threads = new ArrayList<>();
    return requests
        .queryAll(
            Query.threadsOf(owner),
            entry -> Keys.threadOf(ItemKey.of(entry)).ifPresent(threads::add))
        .thenCompose(all -> Stages.each(threads, AT_A_TIME, this::ofThread))
        .thenApply(
            found -> found.stream().flatMap(Collection::stream).sorted(NEWEST_FIRST).toList());
  }

  private CompletionStage<List<Step>> ofThread(ThreadId thread) {
    Query favorites =
        Query.steps(thread)
            .where(AttributeValue.fromBool(true), StepAttributes.METADATA.name(), "favorite");
    List<Step> found = new ArrayList<>();
    return requests
        .queryAll(favorites, item -> Schemas.STEPS.read(item).ifPresent(found::add))
        .thenApply(all -> found);
  }
}
