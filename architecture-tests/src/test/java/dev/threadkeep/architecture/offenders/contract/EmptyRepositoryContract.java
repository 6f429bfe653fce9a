package dev.threadkeep.architecture.offenders.contract;

import dev.threadkeep.architecture.offenders.domain.port.EmptyRepository;

/** A contract that says nothing about {@link EmptyRepository}. */
public interface EmptyRepositoryContract {
  EmptyRepository testee();
}
