package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** An operation on an engine that answers at once, so that only the layers are seen. */
final class StubBenchmark implements Benchmark {
  private static final Load ONCE = new Load(1, Duration.ZERO);
  private static final String OURS = "ours";
  private static final String CHAINLITS = "chainlit";

  private final Operation operation;

  StubBenchmark(Operation operation) {
    this.operation = operation;
  }

  @Override
  public String name() {
    return "layer/" + operation.title();
  }

  @Override
  public boolean isOnlyInFull() {
    return operation.isHuge();
  }

  @Override
  public void run(Harness harness) throws Exception {
    Layers layers = Layers.onNewTable(operation);
    try (StubProcess stub = StubProcess.start(record(layers));
        DynamoDbAsyncClient client = Layers.client(stub.endpoint(OURS));
        ChainlitLayer chainlit = layers.chainlit(stub.endpoint(CHAINLITS))) {
      List<Contender> contenders = List.of(layers.ours(client), layers.byHand(client), chainlit);
      harness.warmUp(1, contenders);
      for (int underWay : operation.underWay()) {
        List<Target> targets =
            underWay == operation.mostUnderWay() ? operation.targets() : List.of();
        harness.compare("on the stub", underWay, contenders, targets);
      }
    }
  }

  private static Map<String, List<Exchange>> record(Layers layers) throws Exception {
    List<Exchange> ours = record(layers, endpoint -> once(endpoint, layers::ours));
    checkSame(ours, record(layers, endpoint -> once(endpoint, layers::byHand)));
    List<Exchange> chainlits =
        record(
            layers,
            endpoint -> {
              try (ChainlitLayer chainlit = layers.chainlit(endpoint)) {
                chainlit.measure(ONCE);
              }
            });
    return Map.of(OURS, ours, CHAINLITS, chainlits);
  }

  /** Does the work once with an engine at an address. */
  @FunctionalInterface
  private interface Work {
    void at(URI endpoint) throws Exception;
  }

  private static List<Exchange> record(Layers layers, Work work) throws Exception {
    layers.fill();
    try (Recorder recorder = Recorder.before(DynamoDbLocal.endpoint())) {
      work.at(recorder.endpoint());
      return recorder.exchanges();
    }
  }

  private static void once(URI endpoint, Function<DynamoDbAsyncClient, InProcess> contender)
      throws InterruptedException {
    try (DynamoDbAsyncClient client = Layers.client(endpoint)) {
      contender.apply(client).measure(ONCE);
    }
  }

  /** The low-level client is the limit only as long as it does the same. */
  private static void checkSame(List<Exchange> ours, List<Exchange> byHand) {
    List<String> expected = outlines(ours);
    List<String> actual = outlines(byHand);
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          "ours sends " + without(expected, actual) + ", by hand " + without(actual, expected));
    }
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(it -> !others.contains(it)).toList();
  }

  /** Ids differ, their lengths do not; and attributes may be numbered in another order. */
  private static List<String> outlines(List<Exchange> exchanges) {
    return exchanges.stream()
        .map(it -> it.target() + " of " + unnumbered(it.request()).length() + " characters")
        .sorted()
        .toList();
  }

  private static String unnumbered(String request) {
    return request.replaceAll("[#:]\\d+", "#");
  }
}
