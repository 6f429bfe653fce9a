package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.ExpiryContract;

class DynamoDbExpiryTest extends DynamoDbStoreTest implements ExpiryContract {
  @Override
  DynamoDbDataStore.Builder configure(DynamoDbDataStore.Builder builder) {
    return builder.threadsExpire();
  }
}
