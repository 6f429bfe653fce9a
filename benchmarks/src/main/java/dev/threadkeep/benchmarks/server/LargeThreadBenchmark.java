package dev.threadkeep.benchmarks.server;

import static dev.threadkeep.benchmarks.server.Servers.OURS;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.benchmarks.WorkFolder;
import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.local.LocalDataStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A thread of 10,000 steps, read by ten at once from a server of little memory; all of them get it.
 */
final class LargeThreadBenchmark implements Benchmark {
  private static final int STEPS = 10_000;
  private static final int AT_ONCE = 10;
  private static final String HEAP = "-Xmx128m";

  /** The server refuses what takes longer. */
  private static final int TIMEOUT_MILLIS = 30_000;

  @Override
  public String name() {
    return "server/large-thread";
  }

  @Override
  public void run(Harness harness) throws Exception {
    Path data = WorkFolder.create("large-thread-");
    try (LocalDataStore store = LocalDataStore.open(data, Clock.systemUTC())) {
      Sample.fill(store, STEPS);
    }
    try (ServerProcess server = Servers.ours(data, HEAP)) {
      harness.compare(
          "get-thread-" + STEPS + " on the embedded store, " + HEAP,
          AT_ONCE,
          List.of(new AllAtOnce(OURS, server)),
          List.of(Target.atMost(TIMEOUT_MILLIS, Metric.TIME, OURS)));
    }
  }

  /** Calls that begin together; the time is that until the last one has its answer. */
  private record AllAtOnce(String name, ServerProcess server) implements Contender {
    private static final Call CALL = Call.get("/project/thread/" + Sample.thread(STEPS));

    @Override
    public Measurement measure(Load load) throws IOException, InterruptedException {
      ExecutorService threads = Executors.newFixedThreadPool(load.underWay());
      Duration before = server.cpu();
      long begun = System.nanoTime();
      try {
        Callable<byte[]> call = () -> server.answer(CALL);
        for (Future<byte[]> one : threads.invokeAll(Collections.nCopies(load.underWay(), call))) {
          one.get();
        }
      } catch (ExecutionException refused) {
        return new Measurement(Map.of(Metric.RATE, 0.0)); // so the target is not reached
      } finally {
        threads.shutdown();
      }
      return new Measurement(
          Map.of(
              Metric.TIME, (System.nanoTime() - begun) / 1e6,
              Metric.CPU, server.cpu().minus(before).toNanos() / 1e6 / load.underWay(),
              Metric.RESIDENT, server.resident()));
    }
  }
}
