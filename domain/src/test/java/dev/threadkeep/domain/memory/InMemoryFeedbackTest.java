package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.FeedbackRepositoryContract;

class InMemoryFeedbackTest extends InMemoryStoreTest implements FeedbackRepositoryContract {}
