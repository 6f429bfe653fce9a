package dev.threadkeep.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Python of its own with Chainlit, in {@code target/chainlit}, installed as for the tests against
 * the real Chainlit.
 */
public final class Python {
  private static final Path FOLDER = Path.of("target", "chainlit").toAbsolutePath();
  private static final Path PYTHON = FOLDER.resolve(Path.of("python", "bin", "python"));
  private static final Path INSTALLER =
      Path.of("..", "bootstrap", "src", "test", "interop", "install.py").toAbsolutePath();

  private Python() {}

  /** Gives its command, after it was installed if it was not yet. */
  public static String command() throws IOException, InterruptedException {
    run("python3", INSTALLER.toString(), FOLDER.toString(), "--without-node");
    return PYTHON.toString();
  }

  static Optional<String> version() throws IOException {
    return say("import platform; print(platform.python_version())");
  }

  static Optional<String> chainlitVersion() throws IOException {
    return say("from importlib.metadata import version; print(version('chainlit'))");
  }

  private static Optional<String> say(String program) throws IOException {
    if (!Files.exists(PYTHON)) {
      return Optional.empty();
    }
    Process process = new ProcessBuilder(PYTHON.toString(), "-c", program).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Optional.of(said.strip()).filter(it -> !it.isEmpty());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
  }
}
