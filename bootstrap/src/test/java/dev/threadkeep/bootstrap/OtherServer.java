package dev.threadkeep.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that is not ours, beside ours: a process that answers HTTP on a port it is told. */
final class OtherServer implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  /**
   * What browsers call it: a name of its own, so that they do not send its cookies to the engines
   * of the tests. The cookies of one long login are more than S3's takes.
   */
  private static final String NAME = "localhost";

  private final Process process;
  private final URI address;
  private final Path output;

  private OtherServer(Process process, URI address, Path output) {
    this.process = process;
    this.address = address;
    this.output = output;
  }

  /**
   * Starts it, and waits until it answers, whatever it answers. What it says is in {@code
   * output.txt} of its folder.
   *
   * @param command what starts it in the foreground on the port
   */
  static OtherServer start(
      Path folder, Map<String, String> environment, int port, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(THREADKEEP|CHAINLIT|AWS)_.*"));
    builder.environment().putAll(environment);
    URI address = address(port);
    OtherServer server = new OtherServer(builder.start(), address, output);
    server.awaitAnswer();
    return server;
  }

  /** A port that nobody listens on; another process may still be faster. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The address of a server on that port. */
  static URI address(int port) {
    return URI.create("http://" + NAME + ":" + port);
  }

  String address() {
    return address.toString();
  }

  /** All that it said so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Asks it to end, and sees to it that it does. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopWaiting) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end && process.isAlive()) {
      if (answers()) {
        return;
      }
      Thread.sleep(100);
    }
    close();
    throw new AssertionError("nothing answers at " + address + "; it said:\n" + output());
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    try {
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
