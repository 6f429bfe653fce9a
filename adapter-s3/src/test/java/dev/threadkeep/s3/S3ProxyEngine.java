package dev.threadkeep.s3;

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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A server that speaks S3, for tests, as a process of its own: started when first asked for, ended
 * with this JVM. The build writes its class path to a file, so that it is in nobody else's.
 */
public final class S3ProxyEngine {
  /** Who may use the engine. */
  public static final String ACCESS_KEY = "local";

  /** The secret that goes with it. */
  public static final String SECRET_KEY = "local-secret";

  private static final Path CLASS_PATH = Path.of("target", "s3proxy.classpath");
  private static final Path LOG = Path.of("target", "s3proxy.log");
  private static final String LAUNCHER = "LoopbackS3Proxy.java";
  private static final int START_ATTEMPTS = 600;
  private static final int BETWEEN_ATTEMPTS_MILLIS = 100;

  private S3ProxyEngine() {}

  /** The one engine of this JVM. */
  private static final class Engine {
    static final URI ENDPOINT = start();
    static final S3AsyncClient CLIENT = clientBuilder(ENDPOINT).build();
    static final S3Presigner PRESIGNER = newPresigner(ENDPOINT);
  }

  /** Where the engine listens. */
  public static URI endpoint() {
    return Engine.ENDPOINT;
  }

  /** A client that all tests share. */
  public static S3AsyncClient client() {
    return Engine.CLIENT;
  }

  /** A presigner that all tests share. */
  public static S3Presigner presigner() {
    return Engine.PRESIGNER;
  }

  /** A client to be configured further, of this engine or something in front of it. */
  public static S3AsyncClientBuilder clientBuilder(URI endpoint) {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials());
  }

  /** A presigner for this engine. */
  public static S3Presigner newPresigner(URI endpoint) {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  /** Makes a fresh bucket and gives its name. */
  public static String createBucket() {
    String name = "threadkeep-" + UUID.randomUUID();
    try {
      client().createBucket(bucket -> bucket.bucket(name)).join();
    } catch (CompletionException failure) {
      throw new IllegalStateException("no bucket; see " + LOG.toAbsolutePath(), failure);
    }
    return name;
  }

  private static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
  }

  private static URI start() {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(command(port))
              .redirectErrorStream(true)
              .redirectOutput(LOG.toFile())
              .start();
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
        Integer.toString(port),
        ACCESS_KEY,
        SECRET_KEY);
  }

  /** The source of what starts the engine, as a file: here it is within a jar, maybe. */
  private static Path launcher() throws IOException {
    Path file = Path.of("target", LAUNCHER);
    try (InputStream source =
        Objects.requireNonNull(S3ProxyEngine.class.getResourceAsStream(LAUNCHER))) {
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
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1_000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("S3Proxy did not start: " + Files.readString(LOG));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
