package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3BlobStore;
import dev.threadkeep.s3.S3ProxyEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A fresh table and a fresh bucket, on which Chainlit's layer and Threadkeep's store both work. */
final class SameTable implements AutoCloseable {
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

  static SameTable create() throws IOException {
    return new SameTable(Engine.withS3(Engine.environment(DynamoDbLocal.createTable())));
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

  /** Runs the doctor, which mends all that it can whatever its age, and gives what it said. */
  String mend() {
    try {
      Process doctor =
          ServerProcess.command(
              Chainlit.FOLDER,
              environment,
              "doctor",
              "--repair",
              "--delete-files",
              "--grace",
              "0s");
      return new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
  public void close() throws IOException {
    theirs.close();
    ours.close();
    files.close();
  }
}
