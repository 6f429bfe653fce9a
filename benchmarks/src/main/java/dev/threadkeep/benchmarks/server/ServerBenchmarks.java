package dev.threadkeep.benchmarks.server;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What servers are compared by. */
public final class ServerBenchmarks {
  /** So many calls are under way. */
  private static final int UNDER_WAY = 16;

  /** The compiler of our server rests for half a minute, and then goes on for another one. */
  private static final Duration UNTIL_COMPILED = Duration.ofSeconds(75);

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

  /** Compares our server with others under load. */
  static void compare(
      Harness harness, String subject, Contender ours, List<Contender> others, List<Target> targets)
      throws Exception {
    List<Contender> all = new ArrayList<>(List.of(ours));
    all.addAll(others);
    harness.warmUp(1, all);
    harness.warmUp(UNDER_WAY, others);
    ours.measure(new Load(UNDER_WAY, UNTIL_COMPILED));
    harness.compare(subject, UNDER_WAY, all, targets);
  }
}
