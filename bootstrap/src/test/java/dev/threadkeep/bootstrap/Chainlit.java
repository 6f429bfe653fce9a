package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real Chainlit: scripts of {@code src/test/interop} run with what {@code install.py} beside
 * them installed.
 */
final class Chainlit {
  /** Where everything is installed, and where the tests leave their output. */
  static final Path FOLDER = Path.of("target", "interop").toAbsolutePath();

  static final Path SCRIPTS = Path.of("src", "test", "interop").toAbsolutePath();

  private Chainlit() {}

  /** Runs a script with Chainlit's Python, and gives what it printed. */
  static String python(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    return run(environment, command(pythonCommand(), SCRIPTS.resolve(script), arguments));
  }

  /** Runs a script with Node, next to the packages that it imports, and gives what it printed. */
  static String node(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    copyScripts("*.mjs", FOLDER);
    return run(environment, command("node", FOLDER.resolve(script), arguments));
  }

  /** Runs a script of so many tests with Node, all of which have to pass. */
  static void nodeTests(int tests, Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    Map<String, String> reported = new HashMap<>(environment);
    reported.put("NODE_OPTIONS", "--test-reporter=tap");
    assertThat(node(reported, script)).contains("\n# tests " + tests + "\n# ", "\n# pass " + tests);
  }

  /**
   * Starts an application as {@code chainlit run} does, in a folder that it may fill; the
   * environment is what is given and nothing of Chainlit's besides.
   */
  static OtherServer serve(Path folder, Map<String, String> environment, String application)
      throws IOException, InterruptedException {
    copyScripts("*.py", folder);
    Map<String, String> all = new HashMap<>(environment);
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    int port = OtherServer.freePort();
    List<String> command = new ArrayList<>(List.of(pythonCommand(), "-m", "chainlit", "run"));
    command.addAll(List.of(application, "--headless", "--host", OtherServer.HOST));
    command.addAll(List.of("--port", String.valueOf(port)));
    return OtherServer.start(folder, all, port, command);
  }

  private static void copyScripts(String pattern, Path folder) throws IOException {
    try (DirectoryStream<Path> scripts = Files.newDirectoryStream(SCRIPTS, pattern)) {
      for (Path script : scripts) {
        Files.write(folder.resolve(script.getFileName()), Files.readAllBytes(script));
      }
    }
  }

  static String pythonCommand() {
    return FOLDER.resolve(Path.of("python", "bin", "python")).toString();
  }

  private static List<String> command(String program, Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program, script.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "output-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        throw new AssertionError(command + " does not end; it said:\n" + Files.readString(output));
      }
      String said = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " failed; it said:\n" + said);
      }
      return said;
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
