package dev.threadkeep.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Path copy = FOLDER.resolve(script);
    Files.write(copy, Files.readAllBytes(SCRIPTS.resolve(script)));
    return run(environment, command("node", copy, arguments));
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
