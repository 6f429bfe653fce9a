package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.contract.FeedbackRepositoryContract;

class DynamoDbFeedbackTest extends DynamoDbStoreTest implements FeedbackRepositoryContract {}
