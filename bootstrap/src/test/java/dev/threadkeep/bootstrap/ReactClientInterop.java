package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of Chainlit's front end, from Node, with the whole server. */
class ReactClientInterop {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "DYNAMODB_AND_S3"})
  void theClientOfTheFrontEndShouldWorkOn(EverywhereTest.Stores stores) throws Exception {
    Map<String, String> environment = stores.environment();
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      Chainlit.nodeTests(
          35,
          Map.of(
              "THREADKEEP_URL", server.address(),
              "THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN,
              "ADA_TOKEN", token("ada", environment)),
          "front-end-client.mjs");
      assertThat(server.output()).doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void oneLoginShouldServeChainlitAndThreadkeep() throws Exception {
    Map<String, String> environment =
        Map.of("CHAINLIT_AUTH_SECRET", "shared-by-both-of-the-two-servers");
    Path application = Files.createDirectory(folder.resolve("chainlit"));
    try (ServerProcess server = ServerProcess.start(folder, environment);
        OtherServer chainlit = Chainlit.serve(application, environment, "sign_in.py")) {
      Chainlit.nodeTests(
          12,
          Map.of(
              "THREADKEEP_URL", server.address(),
              "CHAINLIT_URL", chainlit.address(),
              "ADA_TOKEN", token("ada", environment)),
          "one-login.mjs");
    }
  }

  /** What the command prints, log lines left out. */
  private String token(String user, Map<String, String> environment) throws Exception {
    Process command = ServerProcess.command(folder, environment, "token", "--user", user);
    String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).as(output).isZero();
    return output.strip().lines().reduce((line, last) -> last).orElseThrow();
  }
}
