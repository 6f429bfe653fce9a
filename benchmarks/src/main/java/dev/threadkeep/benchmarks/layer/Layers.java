package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The contenders for an operation on a table. */
record Layers(Operation operation, String table) {
  static final String OURS = "ours";
  static final String BY_HAND = "low-level client";
  static final String CHAINLIT = "Chainlit";

  /** A fresh table, with what the operation needs. */
  static Layers onNewTable(Operation operation) {
    Layers layers = new Layers(operation, DynamoDbLocal.createTable());
    layers.fill();
    return layers;
  }

  /** Puts back what the operation may have removed. */
  void fill() {
    operation.fill().accept(DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build());
  }

  /** The client as the server has it: Netty's, with its defaults. */
  static DynamoDbAsyncClient client(URI endpoint) {
    return DynamoDbLocal.clientBuilder(endpoint).build();
  }

  InProcess ours(DynamoDbAsyncClient client) {
    DataStore store = DynamoDbDataStore.builder(client, table).build();
    return new InProcess(OURS, () -> operation.ours().apply(store));
  }

  InProcess byHand(DynamoDbAsyncClient client) {
    ByHand requests = new ByHand(client, table);
    return new InProcess(BY_HAND, () -> operation.byHand().apply(requests));
  }

  ChainlitLayer chainlit(URI endpoint) throws IOException, InterruptedException {
    return ChainlitLayer.start(CHAINLIT, endpoint, table, operation);
  }
}
