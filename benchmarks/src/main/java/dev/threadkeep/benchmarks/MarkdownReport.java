package dev.threadkeep.benchmarks;

import dev.threadkeep.benchmarks.Result.Spread;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as tables: the median of all rounds, then the least and the most. */
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(Environment environment, List<Result> results) {
    MarkdownReport report = new MarkdownReport();
    report.text.append("# Benchmarks\n\n");
    report.environment(environment);
    report.targets(results);
    results.stream()
        .collect(Collectors.groupingBy(Result::benchmark, LinkedHashMap::new, Collectors.toList()))
        .forEach(report::benchmark);
    return report.text.toString();
  }

  private void environment(Environment environment) {
    environment.values().forEach((title, value) -> line("- " + title + ": " + value));
  }

  private void targets(List<Result> results) {
    line("\n## Targets\n");
    row("benchmark", "under way", "what", "target", "measured", "reached");
    rule(6);
    for (Result result : results) {
      result.targets().forEach(target -> target(result, target));
    }
  }

  private void target(Result result, Target target) {
    var measured = result.of(target);
    String against = target.against() == null ? "" : " ÷ " + target.against();
    row(
        result.benchmark() + ": " + result.subject(),
        "" + result.underWay(),
        target.metric().title() + ", " + target.contender() + against,
        target.direction().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + " "
            + number(target.bound()),
        measured.map(MarkdownReport::cell).orElse("not measured"),
        measured.map(it -> target.isReached(it.median()) ? "yes" : "**no**").orElse("**no**"));
  }

  private void benchmark(String name, List<Result> results) {
    line("\n## " + name);
    results.stream()
        .collect(Collectors.groupingBy(Result::subject, LinkedHashMap::new, Collectors.toList()))
        .forEach(this::subject);
  }

  private void subject(String subject, List<Result> results) {
    List<Metric> metrics = Arrays.stream(Metric.values()).filter(it -> tells(results, it)).toList();
    line("\n### " + subject + "\n");
    row(Stream.concat(Stream.of("under way", "contender"), metrics.stream().map(Metric::title)));
    rule(2 + metrics.size());
    for (Result result : results) {
      List<String> contenders = List.copyOf(result.rounds().keySet());
      contenders.forEach(contender -> contender(result, contender, metrics));
      contenders.stream()
          .skip(1)
          .forEach(against -> ratios(result, contenders.get(0), against, metrics));
    }
  }

  private void contender(Result result, String contender, List<Metric> metrics) {
    Stream<String> values =
        metrics.stream().map(it -> result.of(contender, it).map(MarkdownReport::cell).orElse(""));
    row(Stream.concat(Stream.of("" + result.underWay(), contender), values));
  }

  private void ratios(Result result, String contender, String against, List<Metric> metrics) {
    Stream<String> values =
        metrics.stream()
            .map(it -> result.ratio(contender, against, it).map(MarkdownReport::cell).orElse(""));
    row(Stream.concat(Stream.of("", "*" + contender + " ÷ " + against + "*"), values));
  }

  private static boolean tells(List<Result> results, Metric metric) {
    return results.stream()
        .anyMatch(
            result ->
                result.rounds().keySet().stream()
                    .anyMatch(it -> result.of(it, metric).isPresent()));
  }

  private static String cell(Spread spread) {
    return "%s (%s–%s)"
        .formatted(number(spread.median()), number(spread.least()), number(spread.most()));
  }

  /** Three digits that matter. */
  private static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private void row(String... cells) {
    row(Stream.of(cells));
  }

  private void row(Stream<String> cells) {
    line(cells.collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void rule(int columns) {
    line("|" + " --- |".repeat(columns));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
