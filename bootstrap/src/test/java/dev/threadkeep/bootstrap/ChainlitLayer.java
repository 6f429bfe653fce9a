package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Chainlit's own DynamoDBDataLayer and S3StorageClient in a process of their own, which {@code
 * table.py} drives: one call after the other, whoever makes them.
 */
final class ChainlitLayer implements AutoCloseable {
  private static final String ERROR = "error";

  private final Process process;
  private final Path errors;
  private final OutputStream calls;
  private final BufferedReader answers;

  private ChainlitLayer(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    calls = process.getOutputStream();
    answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Starts it with the table and the bucket of an environment of our own server. */
  static ChainlitLayer start(Map<String, String> environment) throws IOException {
    Path errors = Files.createTempFile(Chainlit.FOLDER, "layer-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Chainlit.pythonCommand(), Chainlit.SCRIPTS.resolve("table.py").toString())
            .directory(Chainlit.FOLDER.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new ChainlitLayer(builder.start(), errors);
  }

  /** Calls a method in the session of nobody. */
  JsonValue call(String method, Object... arguments) {
    return as("nobody", "none", method, Json.object(arguments));
  }

  /** Calls a method in a user's session on a thread, and gives its answer. */
  JsonValue as(String user, String thread, String method, JsonObject arguments) {
    JsonObject reply = reply(user, thread, method, arguments);
    if (reply.get(ERROR).isPresent()) {
      throw new AssertionError(
          method + " of " + JsonText.write(arguments) + " fails: " + Json.text(reply, ERROR));
    }
    return Json.member(reply, "answer");
  }

  /** What a call fails with, in the session of nobody. */
  String failure(String method, Object... arguments) {
    return Json.text(reply("nobody", "none", method, Json.object(arguments)), ERROR);
  }

  private synchronized JsonObject reply(
      String user, String thread, String method, JsonObject arguments) {
    JsonObject call =
        Json.object("method", method, "arguments", arguments, "user", user, "thread", thread);
    try {
      calls.write((JsonText.write(call) + "\n").getBytes(StandardCharsets.UTF_8));
      calls.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("Chainlit's layer is gone; it said:\n" + Files.readString(errors));
      }
      return (JsonObject) JsonText.parse(line);
    } catch (IOException gone) {
      throw new UncheckedIOException("Chainlit's layer is gone; see " + errors, gone);
    }
  }

  /** Ends the process as the end of its input does. */
  @Override
  public void close() throws IOException {
    calls.close();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Files.deleteIfExists(errors);
  }
}
