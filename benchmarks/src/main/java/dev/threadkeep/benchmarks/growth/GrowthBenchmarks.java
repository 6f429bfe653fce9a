package dev.threadkeep.benchmarks.growth;

import dev.threadkeep.benchmarks.Benchmark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What grows. */
public final class GrowthBenchmarks {
  private GrowthBenchmarks() {}

  /** A user and a thread on each store. */
  public static List<Benchmark> all() {
    return Arrays.stream(StoreKind.values())
        .<Benchmark>flatMap(kind -> Stream.of(new UserBenchmark(kind), new ThreadBenchmark(kind)))
        .toList();
  }
}
