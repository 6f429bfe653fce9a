package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.ConcurrencyContract;

class DynamoDbConcurrencyTest extends DynamoDbStoreTest implements ConcurrencyContract {
  /**
   * DynamoDB Local gives the old item to several who delete it at once; DynamoDB to one of them.
   */
  @Override
  public boolean tellsWhoDeleted() {
    return false;
  }
}
