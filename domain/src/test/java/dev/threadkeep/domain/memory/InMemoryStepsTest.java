package dev.threadkeep.domain.memory;

import dev.threadkeep.domain.contract.StepRepositoryContract;

class InMemoryStepsTest extends InMemoryStoreTest implements StepRepositoryContract {}
