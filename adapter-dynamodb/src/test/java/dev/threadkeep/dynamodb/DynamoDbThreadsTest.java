package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.ThreadRepositoryContract;

class DynamoDbThreadsTest extends DynamoDbStoreTest implements ThreadRepositoryContract {}
