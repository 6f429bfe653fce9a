package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.MaintenanceRepositoryContract;

class DynamoDbMaintenanceTest extends DynamoDbStoreTest implements MaintenanceRepositoryContract {}
