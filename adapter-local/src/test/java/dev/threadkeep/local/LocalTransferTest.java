package dev.threadkeep.local;

import dev.threadkeep.domain.contract.TransferRepositoryContract;

class LocalTransferTest extends LocalStoreTest implements TransferRepositoryContract {}
