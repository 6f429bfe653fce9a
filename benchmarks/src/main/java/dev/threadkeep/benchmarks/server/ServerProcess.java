package dev.threadkeep.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server as a process of its own, what it answers, and what it uses. */
final class ServerProcess implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final Process process;
  private final URI address;
  private final Path output;

  private ServerProcess(Process process, URI address, Path output) {
    this.process = process;
    this.address = address;
    this.output = output;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts a server and waits until it is ready. What it says is in {@code output.txt} of its
   * folder.
   *
   * @param environment nothing of Threadkeep's, Chainlit's or AWS's is there besides
   * @param port that the command has it listen on
   * @param ready the path that answers 200 once it is ready
   */
  static ServerProcess start(
      Path folder, Map<String, String> environment, List<String> command, int port, String ready)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(THREADKEEP|CHAINLIT|AWS)_.*"));
    builder.environment().putAll(environment);
    URI address = URI.create("http://" + HOST + ":" + port);
    ServerProcess server = new ServerProcess(builder.start(), address, output);
    server.awaitReady(ready);
    return server;
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI address(String path) {
    return address.resolve(path);
  }

  /**
   * Makes a call as the user of the samples.
   *
   * @throws IOException when the answer is another than 200
   */
  byte[] answer(Call call) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address(call.path()))
            .header("Cookie", Servers.COOKIE)
            .header("Content-Type", "application/json")
            .method(call.method(), BodyPublishers.ofString(call.body())));
  }

  /**
   * Sends a request.
   *
   * @throws IOException when the answer is not one of success
   */
  byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          answer.request().uri() + " answers " + answer.statusCode() + "; see " + output);
    }
    return answer.body();
  }

  /** The CPU time it used so far, its children included. */
  Duration cpu() {
    return processes()
        .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The memory that it has, in megabytes, its children included. */
  double resident() throws IOException {
    double megabytes = 0;
    for (ProcessHandle it : processes().toList()) {
      Matcher resident =
          RESIDENT.matcher(Files.readString(Path.of("/proc", "" + it.pid(), "status")));
      megabytes += resident.find() ? Long.parseLong(resident.group(1)) * 1_024 / 1e6 : 0;
    }
    return megabytes;
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private void awaitReady(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address(path)).build();
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      if (isReady(request)) {
        return;
      }
      Thread.sleep(10);
    }
    close();
    throw new IOException("the server does not start; it said:\n" + Files.readString(output));
  }

  private static boolean isReady(HttpRequest request) throws InterruptedException {
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Asks it to end, and sees to it that it does. */
  @Override
  public void close() {
    process.toHandle().destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
