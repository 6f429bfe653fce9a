package dev.threadkeep.http;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/** What lists of threads can be narrowed by. */
final class Filters {
  private static final Set<JsonValue> RATINGS = Set.of(JsonValue.of(0), JsonValue.of(1));

  private Filters() {}

  /** As Chainlit's front end has them. */
  static ThreadFilter of(Body filter) {
    Optional<JsonValue> feedback = filter.value("feedback");
    if (feedback.isPresent() && !RATINGS.contains(feedback.get())) {
      throw DataLayerException.invalid("filter.feedback", "must be 0 or 1");
    }
    return filter(filter.optionalText("search"), feedback.map(JsonValue.of(1)::equals));
  }

  /** As query parameters. */
  static ThreadFilter of(Query query) {
    Optional<String> feedback = query.text("feedback");
    if (feedback.isPresent() && !feedback.get().matches("[01]")) {
      throw new RefusedException(Code.MALFORMED, "query parameter feedback: must be 0 or 1");
    }
    return filter(query.text("search"), feedback.map("1"::equals));
  }

  private static ThreadFilter filter(Optional<String> search, Optional<Boolean> liked) {
    search.ifPresent(it -> Limits.checkBytes("search", it, Limits.NAME_BYTES));
    ThreadFilter filter = search.map(ThreadFilter::search).orElse(ThreadFilter.all());
    return liked.map(it -> filter.withFeedback(it ? 1 : 0)).orElse(filter);
  }
}
