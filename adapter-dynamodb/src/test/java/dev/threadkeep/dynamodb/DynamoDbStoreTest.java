package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.StoreContract;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.DataStore;
import org.junit.jupiter.api.TestInstance;

/** One table for all tests of a class: they have to get along with each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoDbStoreTest implements StoreContract {
  final TestClock clock = new TestClock();
  final String table = DynamoDbLocal.createTable();
  final DataStore store =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), table).clock(clock).build();

  @Override
  public DataStore store() {
    return store;
  }

  @Override
  public TestClock clock() {
    return clock;
  }
}
