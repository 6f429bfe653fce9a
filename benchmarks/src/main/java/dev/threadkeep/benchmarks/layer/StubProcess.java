package dev.threadkeep.benchmarks.layer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The {@link Stub} in a process of its own. */
public final class StubProcess implements AutoCloseable {
  private final Process process;
  private final Path recordings;
  private final URI endpoint;

  private StubProcess(Process process, Path recordings) throws IOException {
    this.process = process;
    this.recordings = recordings;
    String port = process.inputReader(StandardCharsets.US_ASCII).readLine();
    if (port == null) {
      throw new IOException("the stub did not start");
    }
    endpoint = URI.create("http://127.0.0.1:" + port);
  }

  /** Starts a stub that plays recordings, each under its name. */
  public static StubProcess start(Map<String, List<Exchange>> recorded) throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "recordings-", ".json");
    new ObjectMapper().writeValue(file.toFile(), recorded);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Stub.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new StubProcess(process, file);
  }

  /** Where a recording is played. */
  public URI endpoint(String recording) {
    return endpoint.resolve("/" + recording);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(recordings);
  }
}
