package dev.threadkeep.benchmarks.jmh;

import dev.threadkeep.benchmarks.Benchmark;
import java.util.List;

/** The classes of JMH, which are where what they measure is visible. */
public final class JmhBenchmarks {
  private JmhBenchmarks() {}

  /** One benchmark for each class. */
  public static List<Benchmark> all() {
    return List.of(
        new JmhBenchmark("jmh/step", "dev.threadkeep.dynamodb.StepJmh"),
        new JmhBenchmark("jmh/key", "dev.threadkeep.dynamodb.KeyJmh"));
  }
}
