package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.TransferRepositoryContract;

class DynamoDbTransferTest extends DynamoDbStoreTest implements TransferRepositoryContract {}
