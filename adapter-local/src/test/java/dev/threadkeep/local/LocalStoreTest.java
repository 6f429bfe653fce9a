package dev.threadkeep.local;

import dev.threadkeep.domain.contract.StoreContract;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.DataStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One store in a folder of its own for all tests of a class. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LocalStoreTest implements StoreContract {
  private final TestClock clock = new TestClock();
  private LocalDataStore store;

  @BeforeAll
  void open(@TempDir Path folder) {
    store = LocalDataStore.open(folder, clock);
  }

  @AfterAll
  void close() {
    store.close();
  }

  @Override
  public DataStore store() {
    return store;
  }

  @Override
  public TestClock clock() {
    return clock;
  }
}
