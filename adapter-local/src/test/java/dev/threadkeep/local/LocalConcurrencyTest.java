package dev.threadkeep.local;

import dev.threadkeep.domain.contract.ConcurrencyContract;

class LocalConcurrencyTest extends LocalStoreTest implements ConcurrencyContract {}
