package dev.threadkeep.benchmarks.server;

import static dev.threadkeep.benchmarks.server.Servers.OURS;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.benchmarks.WorkFolder;
import dev.threadkeep.local.LocalDataStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Ours on the embedded store, and a route that has the same answer in memory. */
final class LimitBenchmark implements Benchmark {
  private static final String BARE = "bare route";

  @Override
  public String name() {
    return "server/limit";
  }

  @Override
  public void run(Harness harness) throws Exception {
    Path data = WorkFolder.create("limit-");
    try (LocalDataStore store = LocalDataStore.open(data, Clock.systemUTC())) {
      Subject.fill(store);
    }
    Subject subject = Subject.THREAD;
    try (ServerProcess ours = Servers.ours(data);
        ServerProcess bare = Servers.bare(subject.answerOf(ours))) {
      subject.answerOf(bare);
      ServerBenchmarks.compare(
          harness,
          subject.name() + " on the embedded store",
          new Wrk(OURS, ours, subject.call()),
          List.of(new Wrk(BARE, bare, subject.call())),
          List.of(Target.atLeast(0.3, Metric.RATE, OURS, BARE)));
    }
  }
}
