package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many findings of each kind came to what. */
final class FindingCounts {
  private final Map<Kind, Map<Outcome, Long>> counts = new EnumMap<>(Kind.class);

  void add(Kind kind, Outcome outcome, long more) {
    counts
        .computeIfAbsent(kind, any -> new EnumMap<>(Outcome.class))
        .merge(outcome, more, Long::sum);
  }

  /** Without what was not found. */
  Map<Kind, Map<Outcome, Long>> byKind() {
    return counts;
  }

  /** Whether something was found that is not in order yet and could be. */
  boolean isAnythingLeft() {
    return counts.entrySet().stream()
        .filter(kind -> kind.getKey() != Kind.UNKNOWN_FILE)
        .anyMatch(kind -> kind.getValue().keySet().stream().anyMatch(it -> it != Outcome.MENDED));
  }
}
