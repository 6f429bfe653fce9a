package dev.threadkeep.architecture.offenders.application;

import dev.threadkeep.architecture.offenders.Offends;
import jakarta.inject.Inject;

@Offends("Injection appears in the bootstrap only")
final class InjectedService {
  @Inject
  InjectedService() {}
}
