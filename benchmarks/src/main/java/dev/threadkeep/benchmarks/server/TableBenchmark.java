package dev.threadkeep.benchmarks.server;

import static dev.threadkeep.benchmarks.server.Servers.CHAINLIT;
import static dev.threadkeep.benchmarks.server.Servers.OURS;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Form;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.benchmarks.layer.ByHand;
import dev.threadkeep.benchmarks.layer.Exchange;
import dev.threadkeep.benchmarks.layer.Recorder;
import dev.threadkeep.benchmarks.layer.StubProcess;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Ours and Chainlit's server on the same table: on an engine that answers at once, so that only the
 * servers are seen, and on DynamoDB Local.
 */
final class TableBenchmark implements Benchmark {
  private static final String BY_HAND = "low-level client, in process";

  private final Subject subject;
  private final List<Target> targets;

  private TableBenchmark(Subject subject, List<Target> targets) {
    this.subject = subject;
    this.targets = targets;
  }

  static List<Benchmark> all() {
    return List.of(
        new TableBenchmark(Subject.LIST, List.of()),
        new TableBenchmark(
            Subject.THREAD,
            List.of(
                Target.atMost(1.0 / 8, Metric.CPU, OURS, CHAINLIT),
                Target.atMost(1.6, Metric.CPU, OURS, BY_HAND))));
  }

  @Override
  public String name() {
    return "server/" + subject.name();
  }

  @Override
  public boolean isOnlyInFull() {
    return targets.isEmpty();
  }

  @Override
  public void run(Harness harness) throws Exception {
    String table = DynamoDbLocal.createTable();
    Subject.fill(DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build());
    Map<String, List<Exchange>> recorded =
        Map.of(
            "ours", record(engine -> Servers.ours(engine, table)),
            "chainlit", record(engine -> Servers.chainlit(engine, table)));
    try (StubProcess stub = StubProcess.start(recorded);
        ServerProcess ours = Servers.ours(stub.endpoint("ours"), table);
        ServerProcess chainlit = Servers.chainlit(stub.endpoint("chainlit"), table);
        DynamoDbAsyncClient client = DynamoDbLocal.clientBuilder(stub.endpoint("ours")).build()) {
      ByHand requests = new ByHand(client, table);
      InProcess byHand = new InProcess(BY_HAND, () -> subject.byHand().apply(requests));
      ServerBenchmarks.compare(
          harness,
          "on the stub",
          calls(OURS, ours),
          List.of(calls(CHAINLIT, chainlit), byHand),
          targets);
    }
    if (harness.form() == Form.FULL) {
      compareOnLocal(harness, table);
    }
  }

  private void compareOnLocal(Harness harness, String table) throws Exception {
    URI engine = DynamoDbLocal.endpoint();
    try (ServerProcess ours = Servers.ours(engine, table);
        ServerProcess chainlit = Servers.chainlit(engine, table)) {
      ServerBenchmarks.compare(
          harness,
          "on DynamoDB Local",
          calls(OURS, ours),
          List.of(calls(CHAINLIT, chainlit)),
          List.of());
    }
  }

  /** Starts a server on an engine. */
  @FunctionalInterface
  private interface Start {
    ServerProcess on(URI engine) throws Exception;
  }

  private List<Exchange> record(Start start) throws Exception {
    try (Recorder recorder = Recorder.before(DynamoDbLocal.endpoint());
        ServerProcess server = start.on(recorder.endpoint())) {
      subject.answerOf(server);
      return recorder.exchanges();
    }
  }

  private Contender calls(String name, ServerProcess server) throws Exception {
    subject.answerOf(server);
    return new Wrk(name, server, subject.call());
  }
}
