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

  static ThreadFilter search(Optional<String> text) {
    text.ifPresent(it -> Limits.checkBytes("search", it, Limits.NAME_BYTES));
    return text.map(ThreadFilter::search).orElse(ThreadFilter.all());
  }

  /** Refuses the filter by feedback, which is to come. */
  static void refuseFeedback(Body filter) {
    filter
        .value("feedback")
        .ifPresent(
            value -> {
              if (!RATINGS.contains(value)) {
                throw DataLayerException.invalid("filter.feedback", "must be 0 or 1");
              }
              throw notYet();
            });
  }

  /** Refuses the filter by feedback, which is to come. */
  static void refuseFeedback(Query query) {
    query
        .text("feedback")
        .ifPresent(
            value -> {
              if (!value.equals("0") && !value.equals("1")) {
                throw new RefusedException(
                    Code.MALFORMED, "query parameter feedback: must be 0 or 1");
              }
              throw notYet();
            });
  }

  private static RefusedException notYet() {
    return LaterRoutes.notConfigured("the filter by feedback");
  }
}
