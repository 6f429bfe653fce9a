package dev.threadkeep.benchmarks.server;

import dev.threadkeep.benchmarks.Python;
import dev.threadkeep.benchmarks.WorkFolder;
import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.http.SignInTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The servers that are compared, each as people start it, with the same secret of sign-ins. */
final class Servers {
  static final String OURS = "ours";
  static final String CHAINLIT = "Chainlit's server";
  static final String SERVICE_TOKEN = "a-service-token-of-32-characters!";

  private static final String SECRET = "an-auth-secret-of-more-than-32-bytes";
  private static final Path JAR =
      Path.of("..", "bootstrap", "target", "threadkeep.jar").toAbsolutePath().normalize();
  private static final Path APPLICATION =
      Path.of("src", "main", "python", "application.py").toAbsolutePath();

  /** The user of the samples is signed in, at ours as at Chainlit's. */
  static final String COOKIE =
      "access_token="
          + new SignInTokens(SECRET, Clock.systemUTC()).issue(Sample.USER, Duration.ofDays(1));

  private Servers() {}

  /** Ours on a table. */
  static ServerProcess ours(URI engine, String table) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(aws(engine));
    environment.put("THREADKEEP_STORE", "dynamodb");
    environment.put("THREADKEEP_FILES", "none");
    environment.put("THREADKEEP_DYNAMODB_TABLE", table);
    return ours(WorkFolder.create("server-"), environment);
  }

  /** Ours on the embedded store in a folder. */
  static ServerProcess ours(Path data, String... jvmOptions)
      throws IOException, InterruptedException {
    return ours(
        WorkFolder.create("server-"), Map.of("THREADKEEP_DATA_DIR", data.toString()), jvmOptions);
  }

  private static ServerProcess ours(
      Path folder, Map<String, String> environment, String... jvmOptions)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("THREADKEEP_SERVICE_TOKEN", SERVICE_TOKEN);
    all.put("CHAINLIT_AUTH_SECRET", SECRET);
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-jar", JAR.toString(), "serve", "--port", "" + port));
    return ServerProcess.start(folder, all, command, port, "/health/ready");
  }

  /** Chainlit's own server with its own data layer on a table. */
  static ServerProcess chainlit(URI engine, String table) throws IOException, InterruptedException {
    Path folder = WorkFolder.create("server-");
    Map<String, String> environment = new HashMap<>(aws(engine));
    environment.put("CHAINLIT_AUTH_SECRET", SECRET);
    environment.put("CHAINLIT_APP_ROOT", folder.toString());
    environment.put("BENCHMARK_TABLE", table);
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>(List.of(Python.command(), "-m", "chainlit", "run"));
    command.addAll(List.of(APPLICATION.toString(), "--headless"));
    command.addAll(List.of("--host", ServerProcess.HOST, "--port", "" + port));
    return ServerProcess.start(folder, environment, command, port, "/");
  }

  /** {@link BareRoute} with an answer. */
  static ServerProcess bare(byte[] answer) throws IOException, InterruptedException {
    Path folder = WorkFolder.create("server-");
    Path file = Files.write(folder.resolve("answer.json"), answer);
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            java(),
            "-cp",
            System.getProperty("java.class.path"),
            BareRoute.class.getName(),
            file.toString(),
            "" + port);
    return ServerProcess.start(folder, Map.of(), command, port, "/");
  }

  private static Map<String, String> aws(URI engine) {
    return Map.of(
        "AWS_ENDPOINT_URL_DYNAMODB", engine.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
