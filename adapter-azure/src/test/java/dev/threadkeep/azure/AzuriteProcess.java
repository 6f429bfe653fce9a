package dev.threadkeep.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A process of Azurite. It listens to loopback alone, and ends when its standard input does, so
 * also when this JVM is killed. Its data and its log are in a folder of its own, which goes with
 * it.
 */
final class AzuriteProcess {
  /** From this module, and from one beside it. */
  private static final List<Path> PLACES =
      List.of(Path.of("target", "azurite"), Path.of("..", "adapter-azure", "target", "azurite"));

  private static final int START_ATTEMPTS = 600;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private AzuriteProcess() {}

  /** Starts a process and gives its address. */
  static URI start(String scheme, List<String> options) {
    try {
      int port = freePort();
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "blobs-");
      Path log = folder.resolve("azurite.log");
      Process process =
          new ProcessBuilder(command(port, folder, options))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
      awaitReady(process, port, log);
      return URI.create(scheme + "://127.0.0.1:" + port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> command(int port, Path folder, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                "-e",
                launcher(),
                program().toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                folder.toString(),
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent"));
    command.addAll(options);
    return command;
  }

  /** What starts the engine: as text, because here it is within a jar, maybe. */
  private static String launcher() throws IOException {
    try (InputStream source =
        Objects.requireNonNull(AzuriteProcess.class.getResourceAsStream("engine.js"))) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path program() {
    return PLACES.stream()
        .map(it -> it.resolve(Path.of("node_modules", "azurite", "dist", "src", "blob", "main.js")))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Azurite is not installed: node adapter-azure/src/test/azurite/install.js"
                        + " adapter-azure/target/azurite does it, as does any build of"
                        + " adapter-azure with tests"))
        .toAbsolutePath();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, int port, Path log) throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("Azurite did not start: " + Files.readString(log));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    } catch (IOException leftForTheNextClean) {
      // the folder is below target
    }
  }
}
