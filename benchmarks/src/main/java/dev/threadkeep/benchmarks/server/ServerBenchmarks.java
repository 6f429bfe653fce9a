package dev.threadkeep.benchmarks.server;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;

/** What servers are compared by. */
public final class ServerBenchmarks {
  /** So many calls are under way. */
  private static final int UNDER_WAY = 16;

  private ServerBenchmarks() {}

  /** One benchmark for each kind of call, and those of a server's life. */
  public static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>(TableBenchmark.all());
    all.addAll(
        List.of(
            new LimitBenchmark(),
            new StartBenchmark(),
            new UploadBenchmark(),
            new LargeThreadBenchmark()));
    return all;
  }

  /** Compares servers under load; they have more to compile than a layer. */
  static void compare(
      Harness harness, String subject, List<Contender> contenders, List<Target> targets)
      throws Exception {
    harness.warmUp(1, contenders);
    harness.warmUp(UNDER_WAY, contenders);
    harness.compare(subject, UNDER_WAY, contenders, targets);
  }
}
