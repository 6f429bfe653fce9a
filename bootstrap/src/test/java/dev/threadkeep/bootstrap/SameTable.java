package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3BlobStore;
import dev.threadkeep.s3.S3ProxyEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh table and a fresh bucket for a class of tests, on which Chainlit's layer and Threadkeep's
 * store both work.
 */
final class SameTable implements AfterAllCallback {
  /** Another one generates other values. */
  static final long SEED = Long.getLong("interop.seed", 20_260_301);

  private final Map<String, String> environment;
  private final ChainlitLayer theirs;
  private final BlobStore files;
  private final DataStore ours;

  private SameTable(Map<String, String> environment) throws IOException {
    this.environment = environment;
    theirs = ChainlitLayer.start(environment);
    files = S3BlobStore.of(S3ProxyEngine.client(), S3ProxyEngine.presigner(), bucket());
    ours =
        DynamoDbDataStore.builder(
                DynamoDbLocal.client(), environment.get("THREADKEEP_DYNAMODB_TABLE"))
            .blobs(files)
            .build();
  }

  static SameTable create() {
    try {
      return new SameTable(Engine.withS3(Engine.environment(DynamoDbLocal.createTable())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How a process of the server, or a command, finds both. */
  Map<String, String> environment() {
    return environment;
  }

  String bucket() {
    return environment.get("THREADKEEP_S3_BUCKET");
  }

  ChainlitLayer theirs() {
    return theirs;
  }

  DataStore ours() {
    return ours;
  }

  BlobStore files() {
    return files;
  }

  /** Makes a thread with our store, whose name is its id. */
  ThreadId create(String id, UserId owner) {
    ThreadId thread = ThreadId.of(id);
    Await.result(
        ours.threads().create(ChatThread.builder().id(thread).userId(owner).name(id).build()));
    return thread;
  }

  /** Changes a step with our store. */
  void change(ThreadId thread, StepId step, Patch patch) {
    Await.result(ours.steps().update(thread, step, patch));
  }

  /** Gives feedback on a step with our store. */
  void rate(ThreadId thread, StepId step, int value) {
    Feedback feedback = Feedback.builder().threadId(thread).stepId(step).value(value).build();
    Await.result(ours.feedback().upsert(feedback));
  }

  /** The user's threads with such feedback, as our store lists them in pages. */
  List<ThreadId> rated(UserId owner, int value) {
    return list(owner, ThreadFilter.all().withFeedback(value)).stream()
        .map(ThreadSummary::id)
        .toList();
  }

  /** The user's threads of a kind, as our store lists them in pages. */
  List<ThreadSummary> list(UserId owner, ThreadFilter filter) {
    List<ThreadSummary> threads = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(7));
    while (request.isPresent()) {
      Page<ThreadSummary> page =
          Await.result(ours.threads().list(owner, filter, request.orElseThrow()));
      threads.addAll(page.items());
      request = page.next().map(request.orElseThrow()::after);
    }
    return threads;
  }

  /** Runs the doctor, which mends all that it can whatever its age, and gives what it said. */
  String mend() {
    return run("doctor", "--repair", "--delete-files", "--grace", "0s");
  }

  /** Adds what our queries need and the others did not write. */
  void reindex() {
    assertThat(run("reindex")).contains("looked at ").doesNotContain("ERROR");
  }

  private String run(String... command) {
    try {
      Process process = ServerProcess.command(Chainlit.FOLDER, environment, command);
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Says how much was compared, where it is seen in the log of the build. */
  static void report(String what, int conversations, FieldComparison comparison) {
    System.out.printf(
        "interop: %s: %,d conversations, %,d fields compared (seed %d)%n",
        what, conversations, comparison.fields(), SEED);
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    theirs.close();
    ours.close();
    files.close();
  }
}
