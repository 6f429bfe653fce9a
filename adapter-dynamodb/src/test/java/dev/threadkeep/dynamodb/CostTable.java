package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.dynamodb.Meter.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What operations cost on DynamoDB Local, as the README says it: exact on every machine. */
public final class CostTable implements AutoCloseable {
  private final Meter meter = new Meter();
  private final DynamoDbAsyncClient client =
      DynamoDbLocal.clientBuilder(DynamoDbLocal.endpoint())
          .overrideConfiguration(it -> it.addExecutionInterceptor(meter))
          .build();
  private final List<Row> rows = new ArrayList<>();

  /** What an operation cost, what it may cost, and what it costs with theirs, if they have it. */
  private record Row(String operation, Optional<Reading> theirs, Reading bound, Reading ours) {
    void check() {
      assertThat(ours.requests())
          .as("requests: " + operation)
          .isLessThanOrEqualTo(bound.requests());
      assertThat(ours.read()).as("read units: " + operation).isLessThanOrEqualTo(bound.read());
      assertThat(ours.written())
          .as("write units: " + operation)
          .isLessThanOrEqualTo(bound.written());
    }

    String line(boolean compares) {
      return compares
          ? String.format(
              Locale.ROOT,
              "| %s | %s | %d | %s | %.1f | %s | %.1f |",
              operation,
              theirs.map(it -> Integer.toString(it.requests())).orElse("–"),
              ours.requests(),
              theirs.map(it -> Double.toString(it.read())).orElse("–"),
              ours.read(),
              theirs.map(it -> Double.toString(it.written())).orElse("–"),
              ours.written())
          : String.format(
              Locale.ROOT,
              "| %s | %d | %.1f | %.1f |",
              operation,
              ours.requests(),
              ours.read(),
              ours.written());
    }
  }

  /** The client whose requests count. */
  public DynamoDbAsyncClient client() {
    return client;
  }

  /** Forgets what came before. */
  public void reset() {
    meter.read();
  }

  /** Measures what only we have. */
  public void measure(
      String operation,
      int requests,
      double read,
      double written,
      Supplier<CompletionStage<?>> run) {
    measure(operation, Optional.empty(), new Reading(requests, read, written), run);
  }

  /** Measures what they have, too; its bound may be another than theirs. */
  void measure(
      String operation, Optional<Reading> theirs, Reading bound, Supplier<CompletionStage<?>> run) {
    reset();
    Await.result(run.get());
    rows.add(new Row(operation, theirs, bound, meter.read()));
  }

  /** Asserts that all stay within their bounds, and that the README has them as measured. */
  public void check(String name) throws IOException {
    Path report = Path.of("target", name + ".md");
    Files.write(report, lines());
    rows.forEach(Row::check);
    assertThat(Path.of("..", "README.md"))
        .as("the README, which has the table of " + report)
        .content()
        .contains(lines());
  }

  private List<String> lines() {
    boolean compares = rows.stream().anyMatch(row -> row.theirs().isPresent());
    List<String> lines = new ArrayList<>();
    lines.add(
        compares
            ? "| operation | requests: theirs | ours | RCU: theirs | ours | WCU: theirs | ours |"
            : "| operation | requests | RCU | WCU |");
    lines.add(compares ? "|---|---|---|---|---|---|---|" : "|---|---|---|---|");
    rows.forEach(row -> lines.add(row.line(compares)));
    return lines;
  }

  @Override
  public void close() {
    client.close();
  }
}
