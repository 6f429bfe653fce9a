package dev.threadkeep.benchmarks;

import dev.threadkeep.benchmarks.growth.GrowthBenchmarks;
import dev.threadkeep.benchmarks.jmh.JmhBenchmarks;
import dev.threadkeep.benchmarks.layer.LayerBenchmarks;
import dev.threadkeep.benchmarks.server.ServerBenchmarks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs the benchmarks that the system property {@code bench} names, or whose names begin with it,
 * in the form that {@code bench.form} names, and writes the results to {@code target}.
 */
public final class Main {
  private static final Path FOLDER = Path.of("target");

  private Main() {}

  private static List<Benchmark> all() {
    return Stream.of(
            LayerBenchmarks.all(),
            ServerBenchmarks.all(),
            JmhBenchmarks.all(),
            GrowthBenchmarks.all())
        .flatMap(List::stream)
        .toList();
  }

  public static void main(String[] arguments) throws Exception {
    String wanted = System.getProperty("bench", "");
    Form form = Form.valueOf(System.getProperty("bench.form", "short").toUpperCase(Locale.ROOT));
    List<Benchmark> chosen = chosen(wanted, form);
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no benchmark " + wanted + "; there are " + all().stream().map(Benchmark::name).toList());
    }
    WorkFolder.clear();
    List<Result> results = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      Harness harness = new Harness(form, benchmark.name());
      benchmark.run(harness);
      results.addAll(harness.results());
      write(form, results); // after each, so that a failure leaves what was measured before
    }
    System.out.println(Files.readString(FOLDER.resolve("results.md")));
    System.exit(0); // the clients' threads would go on for a while
  }

  private static List<Benchmark> chosen(String wanted, Form form) {
    return all().stream()
        .filter(it -> it.name().startsWith(wanted))
        .filter(it -> !wanted.isEmpty() || form == Form.FULL || !it.isOnlyInFull())
        .toList();
  }

  private static void write(Form form, List<Result> results) throws Exception {
    Environment environment = Environment.of(form);
    Files.writeString(FOLDER.resolve("results.json"), JsonReport.of(environment, results));
    Files.writeString(FOLDER.resolve("results.md"), MarkdownReport.of(environment, results));
  }
}
