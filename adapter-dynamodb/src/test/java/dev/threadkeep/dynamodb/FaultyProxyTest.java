package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.FaultyProxy.Reply;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A store behind a faulty proxy, and one that nothing disturbs, on the same table. */
abstract class FaultyProxyTest {
  static final String TABLE = DynamoDbLocal.createTable();

  static final DataStore UNDISTURBED =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), TABLE).build();

  final ThreadId thread = Fresh.thread();
  final StepId step = Fresh.step();
  final TestClock clock = new TestClock();
  FaultyProxy proxy;

  /** Does not retry, so that each fault is seen. */
  DynamoDbAsyncClient client;

  DataStore store;

  @BeforeEach
  void open() throws IOException {
    proxy = new FaultyProxy();
    client =
        DynamoDbLocal.clientBuilder(proxy.endpoint())
            .overrideConfiguration(it -> it.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    store = DynamoDbDataStore.builder(client, TABLE).clock(clock).build();
  }

  @AfterEach
  void close() {
    client.close();
    proxy.close();
  }

  /** What DynamoDB answers when it refuses a request. */
  static Optional<Reply> error(int status, String type) {
    return Optional.of(
        new Reply(
            status,
            """
            {"__type": "com.amazonaws.dynamodb.v20120810#%s", "message": "a secret"}"""
                .formatted(type)));
  }
}
