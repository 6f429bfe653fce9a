package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;

@Offends("The signature of a port holds types of the domain and the JDK only")
interface LoggingRepository {
  CompletionStage<List<? extends Logger>> find(String id);
}
