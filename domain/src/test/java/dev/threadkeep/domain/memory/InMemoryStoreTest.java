package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.StoreContract;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.DataStore;

/** One store for all tests of a class: they have to get along with each other. */
abstract class InMemoryStoreTest implements StoreContract {
  private static final TestClock CLOCK = new TestClock();
  private static final DataStore STORE = new InMemoryDataStore(CLOCK);

  @Override
  public DataStore store() {
    return STORE;
  }

  @Override
  public TestClock clock() {
    return CLOCK;
  }
}
