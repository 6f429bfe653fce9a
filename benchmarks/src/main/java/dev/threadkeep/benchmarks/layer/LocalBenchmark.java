package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** An operation on DynamoDB Local, which takes longer for it than any layer. */
final class LocalBenchmark implements Benchmark {
  /** More would only queue up in front of the engine. */
  private static final int UNDER_WAY = 4;

  private final Operation operation;

  LocalBenchmark(Operation operation) {
    this.operation = operation;
  }

  @Override
  public String name() {
    return "local/" + operation.title();
  }

  @Override
  public boolean isOnlyInFull() {
    return true;
  }

  @Override
  public void run(Harness harness) throws Exception {
    Layers layers = Layers.onNewTable(operation);
    try (DynamoDbAsyncClient client = Layers.client(DynamoDbLocal.endpoint());
        ChainlitLayer chainlit = layers.chainlit(DynamoDbLocal.endpoint())) {
      List<Contender> contenders = List.of(layers.ours(client), layers.byHand(client), chainlit);
      harness.warmUp(1, contenders);
      harness.compare("on DynamoDB Local", UNDER_WAY, contenders, List.of());
    }
  }
}
