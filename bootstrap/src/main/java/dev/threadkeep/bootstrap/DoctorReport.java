package dev.threadkeep.bootstrap;

import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Checkup.Phase;
import dev.threadkeep.application.Finding;
import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a check-up finds, and now and then how far it is. */
final class DoctorReport implements Checkup.Observer {
  private final JsonOption output;
  private final ProgressLine progress;
  private final DoctorState state;
  private final FindingCounts counts;

  /**
   * @param counts all findings of the check-up, of earlier runs too
   */
  DoctorReport(JsonOption output, ProgressLine progress, DoctorState state, FindingCounts counts) {
    this.output = output;
    this.progress = progress;
    this.state = state;
    this.counts = counts;
  }

  @Override
  public synchronized void found(Finding finding) {
    counts.add(finding.kind(), finding.outcome(), 1);
    output.print(text(finding), json(finding));
  }

  @Override
  public synchronized void underWay(Checkup checkup) {
    progress.say(
        () ->
            (checkup.phase() == Phase.ITEMS ? "checking threads: " : "checking files: ")
                + looked(checkup));
  }

  @Override
  public synchronized void reached(Checkup checkup) {
    state.write(checkup);
    underWay(checkup);
  }

  /** Says what it all came to. */
  void sum(Checkup end) {
    List<String> lines = new ArrayList<>();
    lines.add("checked " + looked(end) + " in " + progress.seconds() + " s");
    counts
        .byKind()
        .forEach((kind, outcomes) -> lines.add("  " + name(kind) + ": " + text(outcomes)));
    if (counts.byKind().isEmpty()) {
      lines.add("everything is in order");
    }
    output.print(String.join(System.lineSeparator(), lines), json(end));
  }

  private static String text(Finding finding) {
    String reason = finding.reason().isEmpty() ? "" : " (" + finding.reason() + ")";
    return finding.what()
        + ": "
        + finding.kind().description()
        + ": "
        + name(finding.outcome())
        + reason;
  }

  private static String text(Map<Outcome, Long> outcomes) {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (outcome, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(String.format(Locale.ROOT, "%,d %s", count, name(outcome))));
    return text.toString();
  }

  private static JsonObject json(Finding finding) {
    return JsonObject.of("finding", JsonValue.of(finding.kind().name()))
        .with("what", JsonValue.of(finding.what()))
        .with("outcome", JsonValue.of(finding.outcome().name()))
        .with("reason", JsonValue.of(finding.reason()));
  }

  private JsonObject json(Checkup end) {
    JsonObject found = JsonObject.empty();
    for (Map.Entry<Kind, Map<Outcome, Long>> kind : counts.byKind().entrySet()) {
      JsonObject outcomes = JsonObject.empty();
      for (Map.Entry<Outcome, Long> outcome : kind.getValue().entrySet()) {
        outcomes = outcomes.with(outcome.getKey().name(), JsonValue.of(outcome.getValue()));
      }
      found = found.with(kind.getKey().name(), outcomes);
    }
    return JsonObject.of("threads", JsonValue.of(end.threads()))
        .with("items", JsonValue.of(end.items()))
        .with("files", JsonValue.of(end.files()))
        .with("seconds", JsonValue.of(progress.seconds()))
        .with("found", found);
  }

  private static String looked(Checkup checkup) {
    return String.format(
        Locale.ROOT,
        "%,d threads, %,d steps and elements, %,d files",
        checkup.threads(),
        checkup.items(),
        checkup.files());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
