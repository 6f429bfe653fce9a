package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer copies the commands of the README one after the other, on both stores. */
class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void theCommandsShouldWorkOnTheLocalStore() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
      assertTalkWorks(server.address(), Map.of());

      assertThat(server.output())
          .contains("SQLite in " + folder.toRealPath().resolve("threadkeep-data"))
          .contains("Sign in as local: " + server.address() + "/sign-in#ey")
          .doesNotContain("A trip to", Files.readString(serviceToken()).strip());
      assertThat(server.stop()).as("ended by SIGTERM").isEqualTo(143);
      assertThat(server.output()).contains("stopped");
    }
  }

  @Test
  void theCommandsShouldWorkOnDynamoDb() throws Exception {
    Map<String, String> environment = Engine.withS3(Engine.environment("readme"));
    Files.createDirectories(serviceToken().getParent());
    Files.writeString(serviceToken(), Engine.SERVICE_TOKEN);

    assertThat(run(environment, "table", "check")).startsWith("1 check: ").contains("readme");
    assertThat(run(environment, "table", "create")).isEqualTo("0 table readme is made\n");
    assertThat(run(environment, "table", "create"))
        .isEqualTo("0 table readme exists\ntable readme is as it has to be\n");
    assertThat(run(environment, "table", "check")).isEqualTo("0 table readme is as it has to be\n");
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      assertTalkWorks(server.address(), environment);
      assertThat(server.output())
          .contains("DynamoDB table readme")
          .doesNotContain("A trip to", Engine.SERVICE_TOKEN, "Sign in as");
    }
  }

  private Path serviceToken() {
    return folder.resolve("threadkeep-data").resolve("service-token");
  }

  /** The exit code of a command and what it said, log lines left out. */
  private String run(Map<String, String> environment, String... arguments) throws Exception {
    Process process = ServerProcess.command(folder, environment, arguments);
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT.*\\n", "");
    return process.waitFor() + " " + output;
  }

  private void assertTalkWorks(String address, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path codes = folder.resolve("codes");
    String commands =
        "set -eu\n"
            + "curl() { command curl -w '%{stderr}%{http_code}\\n' \"$@\" 2>>codes; }\n"
            + Readme.talk()
                .replace("http://127.0.0.1:8080", address)
                .replace(
                    "java -jar bootstrap/target/threadkeep.jar",
                    String.join(" ", ServerProcess.javaCommand()));
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell.environment().putAll(environment);
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    List<String> answers = Files.readAllLines(codes);
    long calls = Readme.talk().lines().filter(line -> line.matches("(call|curl) .*")).count();
    assertThat(answers).as(output).hasSize((int) calls).allMatch(code -> code.startsWith("2"));
    assertThat(output)
        .contains("A trip to Zürich", "Zürich in May", "tasty", "Rösti", "A lake, and the Alps.")
        .contains("\nBahnhofstrasse 1, 8001 Zürich\nBahnhofstrasse \n");
  }
}
