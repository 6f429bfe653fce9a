package dev.threadkeep.architecture.offenders.domain.port;

import dev.threadkeep.architecture.offenders.Offends;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

@Offends(value = "Bytes in bulk go through a port as a Flow.Publisher", times = 4)
interface BulkRepository {
  CompletionStage<byte[]> read(String id);

  CompletionStage<InputStream> open(String id);

  CompletionStage<Stream<String>> lines(String id);

  CompletionStage<Void> write(String id, byte[] content);
}
