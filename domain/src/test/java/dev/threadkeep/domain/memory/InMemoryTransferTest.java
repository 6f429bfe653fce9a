package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.TransferRepositoryContract;

class InMemoryTransferTest extends InMemoryStoreTest implements TransferRepositoryContract {}
