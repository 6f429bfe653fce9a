package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.ElementRepositoryContract;

class DynamoDbElementsTest extends DynamoDbStoreTest implements ElementRepositoryContract {}
