package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.UserRepositoryContract;

class InMemoryUsersTest extends InMemoryStoreTest implements UserRepositoryContract {}
