package dev.threadkeep.benchmarks.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Load;
import dev.threadkeep.benchmarks.Measurement;
import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Python;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Chainlit's own DynamoDBDataLayer, in Python, which {@code layer.py} drives. */
final class ChainlitLayer implements Contender, AutoCloseable {
  private static final String SCRIPT = Path.of("src", "main", "python", "layer.py").toString();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Operation operation;
  private final Process process;
  private final OutputStream loads;
  private final BufferedReader measurements;

  private ChainlitLayer(String name, Operation operation, Process process) {
    this.name = name;
    this.operation = operation;
    this.process = process;
    loads = process.getOutputStream();
    measurements = process.inputReader(StandardCharsets.US_ASCII);
  }

  static ChainlitLayer start(String name, URI endpoint, String table, Operation operation)
      throws IOException, InterruptedException {
    ProcessBuilder layer =
        new ProcessBuilder(Python.command(), SCRIPT, endpoint.toString(), table, Sample.OUTPUT)
            .redirectError(Path.of("target", "chainlit.log").toFile());
    layer.environment().put("CHAINLIT_APP_ROOT", "target"); // where it leaves its settings
    return new ChainlitLayer(name, operation, layer.start());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement measure(Load load) throws IOException {
    Map<String, Object> line =
        Map.of(
            "operation", operation.name(),
            "size", operation.size(),
            "underWay", load.underWay(),
            "seconds", load.time().toMillis() / 1e3);
    loads.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.US_ASCII));
    loads.flush();
    String answer = measurements.readLine();
    if (answer == null) {
      throw new IOException("Chainlit's layer is gone; see target/chainlit.log");
    }
    return measurement(JSON.readTree(answer));
  }

  private static Measurement measurement(JsonNode run) {
    double operations = run.get("operations").asDouble();
    return new Measurement(
        Map.of(
            Metric.RATE,
            operations / run.get("seconds").asDouble(),
            Metric.P50,
            run.get("p50").asDouble() * 1e3,
            Metric.P99,
            run.get("p99").asDouble() * 1e3,
            Metric.CPU,
            run.get("cpu").asDouble() * 1e3 / operations));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
