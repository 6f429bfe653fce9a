package dev.threadkeep.dynamodb;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * Amazon's own engine for tests, as a process of its own: started when first asked for, ended with
 * this JVM. The build writes its class path to a file, so that it is in nobody else's.
 */
public final class DynamoDbLocal {
  private static final Path CLASS_PATH = Path.of("target", "dynamodb-local.classpath");
  private static final Path LOG = Path.of("target", "dynamodb-local.log");
  private static final String LAUNCHER = "LoopbackEngine.java";
  private static final int START_ATTEMPTS = 600;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private DynamoDbLocal() {}

  /** The one engine of this JVM. */
  private static final class Engine {
    static final URI ENDPOINT = start();
    static final DynamoDbAsyncClient CLIENT = clientBuilder(ENDPOINT).build();
  }

  /** Where the engine listens. */
  public static URI endpoint() {
    return Engine.ENDPOINT;
  }

  /** A client that all tests share. */
  public static DynamoDbAsyncClient client() {
    return Engine.CLIENT;
  }

  /** A client to be configured further, of this engine or something in front of it. */
  public static DynamoDbAsyncClientBuilder clientBuilder(URI endpoint) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** Makes a fresh table and gives its name. */
  public static String createTable() {
    String name = "threadkeep-" + UUID.randomUUID();
    try {
      DynamoDbTable.of(client(), name).create().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw new IllegalStateException("no table; see " + LOG.toAbsolutePath(), failure);
    }
    return name;
  }

  private static URI start() {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(command(port))
              .redirectErrorStream(true)
              .redirectOutput(LOG.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      awaitReady(process, port);
      return URI.create("http://127.0.0.1:" + port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> command(int port) throws IOException {
    String java = String.join(File.separator, System.getProperty("java.home"), "bin", "java");
    return List.of(
        java,
        "-Xmx1g",
        "-cp",
        Files.readString(CLASS_PATH).strip(),
        launcher().toString(),
        "-inMemory",
        "-sharedDb",
        "-disableTelemetry",
        "-port",
        Integer.toString(port));
  }

  /** The source of what starts the engine, as a file: here it is within a jar, maybe. */
  private static Path launcher() throws IOException {
    Path file = Path.of("target", LAUNCHER);
    try (InputStream source =
        Objects.requireNonNull(DynamoDbLocal.class.getResourceAsStream(LAUNCHER))) {
      Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, int port) throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("DynamoDB Local did not start: " + Files.readString(LOG));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
