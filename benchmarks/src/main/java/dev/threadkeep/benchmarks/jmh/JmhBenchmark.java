package dev.threadkeep.benchmarks.jmh;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Form;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A class of JMH; each of its iterations is a round. */
record JmhBenchmark(String name, String type) implements Benchmark {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Override
  public void run(Harness harness) throws RunnerException {
    Map<String, Map<String, List<Measurement>>> subjects = new LinkedHashMap<>();
    for (RunResult result : new Runner(options(harness.form())).run()) {
      subjects
          .computeIfAbsent(subject(result.getParams()), subject -> new LinkedHashMap<>())
          .put(contender(result.getParams()), rounds(result));
    }
    subjects.forEach((subject, rounds) -> harness.add(subject, 1, rounds, List.of()));
  }

  private Options options(Form form) {
    TimeValue warmUp = TimeValue.milliseconds(form.warmUp().toMillis());
    return new OptionsBuilder()
        .include("^" + Pattern.quote(type) + "\\.")
        .mode(Mode.Throughput)
        .timeUnit(TimeUnit.SECONDS)
        .forks(1)
        .warmupIterations(2)
        .warmupTime(warmUp)
        .measurementIterations(form.rounds())
        .measurementTime(TimeValue.milliseconds(form.time().toMillis()))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
  }

  private static String subject(BenchmarkParams params) {
    String method = params.getBenchmark();
    return method.substring(method.lastIndexOf('.') + 1);
  }

  private static String contender(BenchmarkParams params) {
    return params.getParamsKeys().isEmpty()
        ? "ours"
        : params.getParamsKeys().stream()
            .map(key -> params.getParam(key) + " " + key)
            .collect(Collectors.joining(", "));
  }

  private static List<Measurement> rounds(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(iterations -> iterations.stream().map(JmhBenchmark::round))
        .toList();
  }

  private static Measurement round(IterationResult iteration) {
    double bytes =
        Objects.requireNonNull(iteration.getSecondaryResults().get(ALLOCATED)).getScore();
    return new Measurement(
        Map.of(
            Metric.RATE, iteration.getPrimaryResult().getScore(), Metric.ALLOCATED, bytes / 1e3));
  }
}
