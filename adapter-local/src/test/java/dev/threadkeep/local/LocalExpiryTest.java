package dev.threadkeep.local;

import dev.threadkeep.domain.contract.ExpiryContract;

class LocalExpiryTest extends LocalStoreTest implements ExpiryContract {}
