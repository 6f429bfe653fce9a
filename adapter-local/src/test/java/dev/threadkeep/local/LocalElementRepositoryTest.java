package dev.threadkeep.local;

import dev.threadkeep.domain.contract.ElementRepositoryContract;

class LocalElementRepositoryTest extends LocalStoreTest implements ElementRepositoryContract {}
