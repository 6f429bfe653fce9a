package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.MaintenanceRepositoryContract;

class InMemoryMaintenanceTest extends InMemoryStoreTest implements MaintenanceRepositoryContract {}
