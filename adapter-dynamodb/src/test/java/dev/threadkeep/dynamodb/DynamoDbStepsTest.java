package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.StepRepositoryContract;

class DynamoDbStepsTest extends DynamoDbStoreTest implements StepRepositoryContract {}
