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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a copy finds and what it came to, and now and then how far it is. */
final class CopyOutput implements Copy.Observer {
  private final JsonOption output;
  private final ProgressLine line;
  private final CopyState state;
  private final CopyPace pace;
  private final Mode mode;

  /** How many differences of each kind were found. */
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  CopyOutput(JsonOption output, ProgressLine line, CopyState state, Mode mode) {
    this.output = output;
    this.line = line;
    this.state = state;
    this.mode = mode;
    this.pace = new CopyPace(line);
  }

  @Override
  public void found(Difference difference) {
    counts.merge(difference.kind(), 1, Integer::sum);
    output.print(text(difference), json(difference));
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
    List<String> lines = new ArrayList<>();
    String what = mode == Mode.COPY ? "copied " : "nothing is written; a copy would write ";
    lines.add(what + text(tally.copied()) + " in " + line.seconds() + " s");
    lines.add("  the source has " + text(tally.source()));
    lines.add("  the target has " + text(tally.target()));
    counts.forEach(
        (kind, count) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %s: %,d",
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    count)));
    lines.add(verdict(tally));
    output.print(String.join(System.lineSeparator(), lines), json(tally));
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
        .with("seconds", JsonValue.of(line.seconds()));
  }

  private static JsonObject json(Amounts amounts) {
    return JsonObject.of("users", JsonValue.of(amounts.users()))
        .with("threads", JsonValue.of(amounts.threads()))
        .with("steps", JsonValue.of(amounts.steps()))
        .with("elements", JsonValue.of(amounts.elements()))
        .with("files", JsonValue.of(amounts.files()))
        .with("bytes", JsonValue.of(amounts.bytes()));
  }
}
