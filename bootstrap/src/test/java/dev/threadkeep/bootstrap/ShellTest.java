package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.bootstrap.settings.Option;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.DataLayerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ShellTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void aCommandThatIsDoneShouldExitWith0() {
    assertThat(run(Map.of("THREADKEEP_PORT", "9000"), "listen")).isZero();
    assertThat(out.toString()).isEqualTo("listening on 9000\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void argumentsShouldWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file =
        Files.writeString(folder.resolve("f"), "THREADKEEP_PORT=9001\nTHREADKEEP_HOST=0.0.0.0\n");

    assertThat(
            run(
                Map.of("THREADKEEP_PORT", "9000"),
                "listen",
                "--config",
                file.toString(),
                "--port",
                "9002"))
        .isZero();
    assertThat(run(Map.of("THREADKEEP_PORT", "9000"), "listen", "--config", file.toString()))
        .isZero();
    assertThat(run(Map.of(), "listen", "--config", file.toString())).isZero();
    assertThat(out.toString())
        .isEqualTo("listening on 9002\nlistening on 9000\nlistening on 9001\n");
  }

  @Test
  void aWrongConfigurationShouldExitWith2AndSayEverything() {
    assertThat(run(Map.of("THREADKEEP_PORTS", "1", "THREADKEEP_STORE", "x"), "listen"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "The configuration is wrong:",
            "  THREADKEEP_PORTS: is not an option; did you mean THREADKEEP_PORT?",
            "  THREADKEEP_STORE: must be one of local, dynamodb, is \"x\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lisen", "listen --prt 1", "listen --port"})
  void wrongUseShouldExitWith2AndShowTheUsage(String line) {
    assertThat(run(Map.of(), line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("threadkeep");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFailureShouldExitWith1AndSayWhat() {
    assertThat(run(Map.of(), "fail")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("fail: thread t-42 not found\n");
  }

  @Test
  void aBugShouldExitWith1() {
    assertThat(run(Map.of(), "break")).isEqualTo(1);
    assertThat(err.toString()).contains("break failed: java.lang.IllegalStateException: oops");
  }

  @Test
  void helpShouldListCommandsAndOptions() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString())
        .contains("listen", "fail")
        .contains(Options.ALL.stream().map(Option::name).toList());
  }

  @Test
  void eachCommandShouldHaveHelp() {
    assertThat(run(Map.of(), "listen", "--help")).isZero();
    assertThat(out.toString()).contains("Usage: threadkeep listen", "--config=FILE");
  }

  @Test
  void theVersionShouldBeSaid() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString()).startsWith("threadkeep ");
  }

  private int run(Map<String, String> environment, String... arguments) {
    return new Shell(
            List.of(new Listen(environment), new Fail(), new Break()),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .run(arguments);
  }

  @Command(name = "listen", description = "Says where.")
  static final class Listen implements Runnable {
    @Mixin private final ConfigOption config;

    @CommandLine.Option(names = "--port")
    private String port;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    Listen(Map<String, String> environment) {
      config = new ConfigOption(environment);
    }

    @Override
    public void run() {
      Settings settings =
          config.read(Set.of(), port == null ? Map.of() : Map.of(Options.PORT, port));
      spec.commandLine().getOut().println("listening on " + settings.get(Options.PORT));
    }
  }

  @Command(name = "fail")
  static final class Fail implements Runnable {
    @Override
    public void run() {
      CompletableFuture.failedFuture(DataLayerException.notFound("thread", "t-42"))
          .thenApply(thread -> thread)
          .join();
    }
  }

  @Command(name = "break")
  static final class Break implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("oops");
    }
  }
}
