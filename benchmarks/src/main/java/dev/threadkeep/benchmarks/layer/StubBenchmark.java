package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** An operation on an engine that answers at once, so that only the layers are seen. */
final class StubBenchmark implements Benchmark {
  private static final String OURS = "ours";
  private static final String BY_HAND = "low-level client";
  private static final String CHAINLIT = "Chainlit";
  private static final int MOST = 64;

  private final Operation operation;

  StubBenchmark(Operation operation) {
    this.operation = operation;
  }

  @Override
  public String name() {
    return "layer/" + operation.title();
  }

  @Override
  public void run(Harness harness) throws Exception {
    String table = DynamoDbLocal.createTable();
    List<Exchange> ours = record(table, endpoint -> once(ours(client(endpoint), table)));
    checkSame(ours, record(table, endpoint -> once(byHand(client(endpoint), table))));
    List<Exchange> chainlit = record(table, endpoint -> onceInPython(endpoint, table));
    try (StubProcess stub = StubProcess.start(Map.of("ours", ours, "chainlit", chainlit));
        DynamoDbAsyncClient client = client(stub.endpoint("ours"));
        ChainlitLayer python =
            ChainlitLayer.start(CHAINLIT, stub.endpoint("chainlit"), table, operation)) {
      List<Contender> contenders = List.of(ours(client, table), byHand(client, table), python);
      for (int underWay : operation.underWay()) {
        harness.warmUp(underWay, contenders);
        harness.compare("on the stub", underWay, contenders, targets(underWay));
      }
    }
  }

  private InProcess ours(DynamoDbAsyncClient client, String table) {
    DataStore store = DynamoDbDataStore.builder(client, table).build();
    return new InProcess(OURS, () -> operation.ours().apply(store));
  }

  private InProcess byHand(DynamoDbAsyncClient client, String table) {
    ByHand requests = new ByHand(client, table);
    return new InProcess(BY_HAND, () -> operation.byHand().apply(requests));
  }

  /** The client as the server has it: Netty's, with its defaults. */
  private static DynamoDbAsyncClient client(URI endpoint) {
    return DynamoDbLocal.clientBuilder(endpoint).build();
  }

  /** Something that is done with an engine at an address. */
  @FunctionalInterface
  private interface Work {
    void at(URI endpoint) throws Exception;
  }

  private List<Exchange> record(String table, Work work) throws Exception {
    operation.fill().accept(DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build());
    try (Recorder recorder = Recorder.before(DynamoDbLocal.endpoint())) {
      work.at(recorder.endpoint());
      return recorder.exchanges();
    }
  }

  private static void once(InProcess contender) throws InterruptedException {
    contender.measure(new dev.threadkeep.benchmarks.Load(1, Duration.ZERO));
  }

  private void onceInPython(URI endpoint, String table) throws Exception {
    try (ChainlitLayer python = ChainlitLayer.start(CHAINLIT, endpoint, table, operation)) {
      python.measure(new dev.threadkeep.benchmarks.Load(1, Duration.ZERO));
    }
  }

  /** The low-level client is the limit only as long as it does the same. */
  private static void checkSame(List<Exchange> ours, List<Exchange> byHand) {
    List<String> expected = ours.stream().map(Exchange::target).sorted().toList();
    List<String> actual = byHand.stream().map(Exchange::target).sorted().toList();
    if (!actual.equals(expected)) {
      throw new IllegalStateException("ours sends " + expected + ", by hand " + actual);
    }
    Stream.concat(ours.stream(), byHand.stream())
        .filter(it -> it.status() != 200)
        .findAny()
        .ifPresent(
            it -> {
              throw new IllegalStateException("failed: " + it);
            });
  }

  private List<Target> targets(int underWay) {
    if (underWay != MOST) {
      return List.of();
    }
    return List.of(
        Target.atLeast(0.9, Metric.RATE, OURS, BY_HAND),
        Target.atMost(operation.kind().cpu(), Metric.CPU, OURS, BY_HAND),
        Target.atMost(1.5, Metric.ALLOCATED, OURS, BY_HAND),
        Target.atLeast(8, Metric.RATE, OURS, CHAINLIT));
  }
}
