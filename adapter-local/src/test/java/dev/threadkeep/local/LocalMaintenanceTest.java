package dev.threadkeep.local;

import dev.threadkeep.domain.contract.MaintenanceRepositoryContract;

class LocalMaintenanceTest extends LocalStoreTest implements MaintenanceRepositoryContract {}
