package dev.threadkeep.domain.contract;

import dev.threadkeep.domain.port.DataStore;

/** What the contracts of the repositories need: one store, and the clock it was built with. */
public interface StoreContract {
  /** The store; the same or another one at each call, on the same data. */
  DataStore store();

  /** The clock of the store. */
  TestClock clock();
}
