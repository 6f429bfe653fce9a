package dev.threadkeep.architecture.offenders.domain.port;

import com.google.inject.ConfigurationException;
import dev.threadkeep.architecture.offenders.Offends;
import java.util.concurrent.CompletionStage;

@Offends("The signature of a port holds types of the domain and the JDK only")
interface FailingRepository {
  CompletionStage<Void> find(String id) throws ConfigurationException;
}
