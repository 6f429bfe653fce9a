package dev.threadkeep.local;

import dev.threadkeep.domain.contract.FeedbackRepositoryContract;

class LocalFeedbackRepositoryTest extends LocalStoreTest implements FeedbackRepositoryContract {}
