package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told when the server cannot start. */
class ServeTest {
  @TempDir private Path folder;

  @Test
  void aFolderInUseShouldBeSaidInALine() throws Exception {
    try (ServerProcess first = ServerProcess.start(folder, Map.of())) {
      first.address();

      assertThat(serve("--port", "0"))
          .startsWith("1 ")
          .contains("serve: folder ./threadkeep-data is in use")
          .doesNotContain("\tat ", "Guice");
    }
  }

  @Test
  void aPortInUseShouldBeSaidInALine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(serve("--port", Integer.toString(taken.getLocalPort())))
          .startsWith("1 ")
          .contains("serve: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aShortSecretShouldBeWarnedOfOnce() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of("CHAINLIT_AUTH_SECRET", "hush"))) {
      server.address();

      assertThat(server.output().lines())
          .filteredOn(line -> line.contains("CHAINLIT_AUTH_SECRET"))
          .singleElement()
          .asString()
          .contains(" WARN ", "`openssl rand -hex 32` makes a better one")
          .doesNotContain("hush");
    }
  }

  private String serve(String... arguments) throws Exception {
    String[] words = new String[arguments.length + 1];
    words[0] = "serve";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Process process = ServerProcess.command(folder, Map.of(), words);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }
}
