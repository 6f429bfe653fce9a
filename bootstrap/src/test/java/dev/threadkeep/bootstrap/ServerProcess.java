package dev.threadkeep.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own, on a free port, in a folder of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "server output");

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code serve --port 0}; the environment is what is given and nothing of Threadkeep's
   * besides.
   *
   * @param jvmOptions as {@code -Xmx64m}
   */
  static ServerProcess start(Path folder, Map<String, String> environment, String... jvmOptions)
      throws IOException {
    ServerProcess server =
        new ServerProcess(
            command(folder, environment, List.of(jvmOptions), "serve", "--port", "0"));
    server.reader.setDaemon(true);
    server.reader.start();
    return server;
  }

  /** A command of the jar as a process, its errors among its output. */
  static Process command(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return command(folder, environment, List.of(), arguments);
  }

  /** The exit code of {@code doctor} and what it said, log lines left out. */
  static String doctor(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Process process = command(folder, environment, "doctor");
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT.*\\n", "");
    return process.waitFor() + " " + output;
  }

  /** The same, with options of its JVM. */
  static Process command(
      Path folder, Map<String, String> environment, List<String> jvmOptions, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(javaCommand());
    words.addAll(words.size() - 1, jvmOptions); // the last one wins
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(THREADKEEP|CHAINLIT|AWS)_.*"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * What stands for {@code java -jar bootstrap/target/threadkeep.jar} here; the jar's manifest
   * allows native code, too.
   */
  static List<String> javaCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.threadkeep.bootstrap.Main");
  }

  /** The address, once the server says it. */
  String address() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end && (process.isAlive() || !output().contains("listening"))) {
      Matcher listening = LISTENING.matcher(output());
      if (listening.find()) {
        return listening.group(1);
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the server does not listen; it said:\n" + output());
  }

  /** All that the server said so far. */
  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Asks the server to end, as an operator does, and gives its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close its output, too
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end; it said:\n" + output());
    }
    reader.join(TimeUnit.SECONDS.toMillis(10));
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException closed) {
      // the process is gone, and with it its output
    }
  }
}
