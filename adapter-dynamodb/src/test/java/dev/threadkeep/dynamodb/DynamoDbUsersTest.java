package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.UserRepositoryContract;

class DynamoDbUsersTest extends DynamoDbStoreTest implements UserRepositoryContract {}
