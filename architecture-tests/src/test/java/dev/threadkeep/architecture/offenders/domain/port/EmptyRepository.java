package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;
import java.util.concurrent.CompletionStage;

@Offends("Every port has a contract")
public interface EmptyRepository {
  CompletionStage<Void> find(String id);
}
