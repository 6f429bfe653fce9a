package dev.threadkeep.local;

import dev.threadkeep.domain.contract.UserRepositoryContract;

class LocalUserRepositoryTest extends LocalStoreTest implements UserRepositoryContract {}
