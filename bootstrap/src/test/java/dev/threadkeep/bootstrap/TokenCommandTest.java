package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final Map<String, String> environment = new HashMap<>();

  @TempDir Path folder;

  @Test
  void tokenShouldBeOneLine() {
    assertThat(run("ada")).isZero();
    assertThat(out.toString()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tokenShouldLeaveNothingBehindWhenTheSecretIsConfigured() {
    environment.put("CHAINLIT_AUTH_SECRET", "s".repeat(32));

    assertThat(run("ada")).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb"})
  void anIdentifierThatIsNoneShouldBeWrongUse(String identifier) {
    assertThat(run(identifier)).isEqualTo(2);
    assertThat(err.toString()).startsWith("--user: ").contains("Usage: threadkeep token");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String identifier) {
    environment.put("THREADKEEP_DATA_DIR", folder.toString());
    return Main.shell(environment, new PrintWriter(out, true), new PrintWriter(err, true))
        .run("token", "--user", identifier);
  }
}
