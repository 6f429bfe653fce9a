package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Amounts;
import dev.threadkeep.application.Copy;
import dev.threadkeep.application.Copy.Mode;
import dev.threadkeep.application.CopyProgress;
import dev.threadkeep.application.CopyTally;
import dev.threadkeep.application.Difference;
import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Says what a copy finds and what it came to, and now and then how far it is. */
final class CopyOutput implements Copy.Observer {
  private final PrintWriter out;
  private final CopyState state;
  private final CopyPace pace;
  private final Mode mode;
  private final boolean asJson;
  private final Clock clock;
  private final Instant begin;

  /** How many differences of each kind were found. */
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  CopyOutput(
      PrintWriter out, PrintWriter err, CopyState state, Mode mode, boolean asJson, Clock clock) {
    this.out = out;
    this.state = state;
    this.mode = mode;
    this.asJson = asJson;
    this.clock = clock;
    this.begin = clock.instant();
    this.pace = new CopyPace(err, clock);
  }

  @Override
  public void found(Difference difference) {
    counts.merge(difference.kind(), 1, Integer::sum);
    out.println(asJson ? JsonText.write(json(difference)) : text(difference));
  }

  @Override
  public void underWay(CopyProgress progress) {
    pace.tell(progress);
  }

  @Override
  public void reached(CopyProgress progress) {
    if (mode == Mode.COPY) {
      state.write(progress);
    }
    pace.tell(progress);
  }

  /** Says what it all came to. */
  void sum(CopyTally tally) {
    if (asJson) {
      out.println(JsonText.write(json(tally)));
    } else {
      String what = mode == Mode.COPY ? "copied " : "nothing is written; a copy would write ";
      out.println(what + text(tally.copied()) + " in " + seconds() + " s");
      out.println("  the source has " + text(tally.source()));
      out.println("  the target has " + text(tally.target()));
      counts.forEach(
          (kind, count) ->
              out.println(
                  String.format(
                      Locale.ROOT,
                      "  %s: %,d",
                      kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      count)));
      out.println(verdict(tally));
    }
    out.flush();
  }

  /** Whether both sides have the same, or would have after a copy. */
  boolean isEqual(CopyTally tally) {
    return tally.differences() == 0
        && (mode == Mode.REHEARSAL || tally.source().equals(tally.target()));
  }

  private String verdict(CopyTally tally) {
    if (tally.differences() > 0) {
      return String.format(Locale.ROOT, "%,d differences", tally.differences());
    } else if (!isEqual(tally)) {
      return "the amounts differ: has the source changed meanwhile? Run it again";
    }
    return mode == Mode.COPY ? "both are equal, by hashes of their content" : "no differences";
  }

  private static String text(Difference difference) {
    String reason = difference.reason().isEmpty() ? "" : " (" + difference.reason() + ")";
    return difference.what() + ": " + difference.kind().description() + reason;
  }

  private static String text(Amounts amounts) {
    return String.format(
        Locale.ROOT,
        "%,d users, %,d threads, %,d steps, %,d elements, %,d files of %,d bytes",
        amounts.users(),
        amounts.threads(),
        amounts.steps(),
        amounts.elements(),
        amounts.files(),
        amounts.bytes());
  }

  private static JsonObject json(Difference difference) {
    return JsonObject.of("difference", JsonValue.of(difference.kind().name()))
        .with("what", JsonValue.of(difference.what()))
        .with("reason", JsonValue.of(difference.reason()));
  }

  private JsonObject json(CopyTally tally) {
    return JsonObject.of("rehearsal", JsonValue.of(mode == Mode.REHEARSAL))
        .with("copied", json(tally.copied()))
        .with("source", json(tally.source()))
        .with("target", json(tally.target()))
        .with("differences", JsonValue.of(tally.differences()))
        .with("equal", JsonValue.of(isEqual(tally)))
        .with("seconds", JsonValue.of(seconds()));
  }

  private static JsonObject json(Amounts amounts) {
    return JsonObject.of("users", JsonValue.of(amounts.users()))
        .with("threads", JsonValue.of(amounts.threads()))
        .with("steps", JsonValue.of(amounts.steps()))
        .with("elements", JsonValue.of(amounts.elements()))
        .with("files", JsonValue.of(amounts.files()))
        .with("bytes", JsonValue.of(amounts.bytes()));
  }

  private long seconds() {
    return Duration.between(begin, clock.instant()).toSeconds();
  }
}
