package dev.threadkeep.local;

import dev.threadkeep.domain.contract.StepRepositoryContract;

class LocalStepRepositoryTest extends LocalStoreTest implements StepRepositoryContract {}
