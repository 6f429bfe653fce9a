package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Benchmark;
import java.util.List;
import java.util.stream.Stream;

/** The layers compared, by each operation on each engine. */
public final class LayerBenchmarks {
  private LayerBenchmarks() {}

  /** One benchmark for each operation and engine. */
  public static List<Benchmark> all() {
    Stream<Benchmark> onStub =
        Stream.concat(Operations.writes().stream(), Operations.reads().stream())
            .map(StubBenchmark::new);
    Stream<Benchmark> onLocal = Operations.reads().stream().map(LocalBenchmark::new);
    return Stream.concat(onStub, onLocal).toList();
  }
}
