package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.ThreadRepositoryContract;

class InMemoryThreadsTest extends InMemoryStoreTest implements ThreadRepositoryContract {}
