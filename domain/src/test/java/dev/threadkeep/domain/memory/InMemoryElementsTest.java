package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.ElementRepositoryContract;

class InMemoryElementsTest extends InMemoryStoreTest implements ElementRepositoryContract {}
