package dev.threadkeep.benchmarks.server;

import static dev.threadkeep.benchmarks.server.Servers.CHAINLIT;
import static dev.threadkeep.benchmarks.server.Servers.OURS;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.benchmarks.WorkFolder;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The time from the command to the first answer of readiness, and the memory at rest after it. */
final class StartBenchmark implements Benchmark {
  private static final long REST_MILLIS = 4_000;
  private static final String EMBEDDED = OURS + ", embedded store";
  private static final String SHARED = EMBEDDED + ", shared archive";

  @Override
  public String name() {
    return "server/start";
  }

  @Override
  public void run(Harness harness) throws Exception {
    Path data = WorkFolder.create("start-");
    Path archive = archive(data);
    String table = DynamoDbLocal.createTable();
    harness.compare(
        "until it is ready, and at rest",
        1,
        List.of(
            new Started(EMBEDDED, () -> Servers.ours(data)),
            new Started(SHARED, () -> Servers.ours(data, "-XX:SharedArchiveFile=" + archive)),
            new Started(OURS + ", table", () -> Servers.ours(DynamoDbLocal.endpoint(), table)),
            new Started(CHAINLIT, () -> Servers.chainlit(DynamoDbLocal.endpoint(), table))),
        List.of(
            Target.atMost(1_500, Metric.TIME, EMBEDDED),
            Target.atMost(1_500, Metric.TIME, SHARED),
            Target.atMost(160, Metric.RESIDENT, EMBEDDED)));
  }

  /** The archive of classes that the JVM writes when the server stops. */
  private static Path archive(Path data) throws Exception {
    Path archive = WorkFolder.create("start-").resolve("threadkeep.jsa");
    Servers.ours(data, "-XX:ArchiveClassesAtExit=" + archive).close();
    if (!Files.exists(archive)) {
      throw new IllegalStateException("the JVM wrote no " + archive);
    }
    return archive;
  }

  /** Starts a server. */
  @FunctionalInterface
  private interface Start {
    ServerProcess now() throws Exception;
  }

  /** A server that is started and left alone. */
  private record Started(String name, Start start) implements Contender {
    @Override
    public Measurement measure(Load load) throws Exception {
      long begun = System.nanoTime();
      try (ServerProcess server = start.now()) {
        double millis = (System.nanoTime() - begun) / 1e6;
        double cpuMillis = server.cpu().toNanos() / 1e6;
        Thread.sleep(REST_MILLIS);
        return new Measurement(
            Map.of(
                Metric.TIME, millis,
                Metric.CPU, cpuMillis,
                Metric.RESIDENT, server.resident()));
      }
    }
  }
}
