package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.ConcurrencyContract;

class InMemoryConcurrencyTest extends InMemoryStoreTest implements ConcurrencyContract {}
