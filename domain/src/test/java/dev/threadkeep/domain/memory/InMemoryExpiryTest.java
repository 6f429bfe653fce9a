package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.ExpiryContract;

class InMemoryExpiryTest extends InMemoryStoreTest implements ExpiryContract {}
