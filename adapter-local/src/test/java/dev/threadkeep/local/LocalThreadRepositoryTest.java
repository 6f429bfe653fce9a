package dev.threadkeep.local;

import dev.threadkeep.domain.contract.ThreadRepositoryContract;

class LocalThreadRepositoryTest extends LocalStoreTest implements ThreadRepositoryContract {}
