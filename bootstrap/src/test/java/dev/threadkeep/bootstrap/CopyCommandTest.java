package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.contract.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code copy} as a command, from a folder of this machine to another one. */
class CopyCommandTest {
  private static final String AMOUNTS =
      "3 users, 4 threads, 18 steps, 2 elements, 2 files of 6,000,000 bytes";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path from;
  private Path to;
  private Path config;

  @BeforeEach
  void fill() throws Exception {
    from = folder.resolve("from");
    to = folder.resolve("to");
    config = folder.resolve("to.properties");
    Files.writeString(config, "THREADKEEP_DATA_DIR=" + to + "\n");
    try (SampleChats source = SampleChats.in(from)) {
      source.fill(4);
    }
  }

  @Test
  void itShouldCopyEverythingAndSaySo() {
    assertThat(run()).as(err.toString()).isZero();

    assertThat(out.toString())
        .containsPattern("copied " + AMOUNTS + " in \\d+ s\n")
        .contains("  the source has " + AMOUNTS + "\n  the target has " + AMOUNTS + "\n")
        .endsWith("both are equal, by hashes of their content\n");
    assertThat(err.toString()).as("how far it is, if it takes long").doesNotContain("copy");
    assertEqualFolders();
  }

  @Test
  void againItShouldWriteNothing() {
    run();
    out.getBuffer().setLength(0);

    assertThat(run()).isZero();

    assertThat(out.toString())
        .startsWith("copied 0 users, 0 threads, 0 steps, 0 elements, 0 files of 0 bytes")
        .contains("  the target has " + AMOUNTS);
  }

  @Test
  void aRehearsalShouldNotEvenMakeTheFolder() {
    assertThat(run("--rehearse")).isZero();

    assertThat(out.toString())
        .containsPattern("nothing is written; a copy would write " + AMOUNTS + " in \\d+ s\n")
        .contains("  the target has 0 users")
        .endsWith("no differences\n");
    assertThat(to).doesNotExist();
    run();
    out.getBuffer().setLength(0);
    assertThat(run("--rehearse")).isZero();
    assertThat(out.toString()).contains("a copy would write 0 users, 0 threads, 0 steps");
  }

  @Test
  void whatDiffersShouldBeNamedAndLeft() {
    run();
    try (SampleChats target = SampleChats.in(to)) {
      Await.result(
          target
              .store()
              .steps()
              .update(
                  ThreadId.of("thread#2"),
                  StepId.of("s0"),
                  Patch.set(StepAttributes.OUTPUT, "secret")));
    }
    out.getBuffer().setLength(0);

    assertThat(run()).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("step s0 of thread thread#2: the target has another one, which stays\n")
        .endsWith("  conflict: 1\n1 differences\n")
        .doesNotContain("secret");

    out.getBuffer().setLength(0);
    assertThat(run("--json")).isEqualTo(1);
    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .isEqualTo(
            "{\"difference\":\"CONFLICT\",\"what\":\"step s0 of thread thread#2\",\"reason\":\"\"}");
    assertThat(out.toString())
        .contains("{\"rehearsal\":false,\"copied\":{\"users\":0,\"threads\":0,")
        .containsPattern("\"differences\":1,\"equal\":false,\"seconds\":\\d+}\n$");
  }

  @Test
  void aStateOfAnotherCopyShouldBeRefusedAndKept() throws Exception {
    Path state = folder.resolve("state");
    Files.writeString(state, "copy=elsewhere\nphase=DONE\n");

    assertThat(run("--state", state.toString())).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "copy: "
                + state
                + " does not tell how far this copy has come; remove it to begin anew\n");
    assertThat(state).exists();
  }

  @Test
  void aStateShouldBeRemovedAtTheEnd() {
    Path state = folder.resolve("state");

    assertThat(run("--state", state.toString())).isZero();

    assertThat(state).doesNotExist();
    assertEqualFolders();
  }

  @Test
  void wrongUseShouldBeSaid() throws Exception {
    assertThat(execute("copy")).isEqualTo(2);
    assertThat(err.toString()).startsWith("Missing required option: '--to=CONFIG'");

    err.getBuffer().setLength(0);
    assertThat(run("--rehearse", "--state", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--state cannot be given with --rehearse");

    err.getBuffer().setLength(0);
    Files.writeString(config, "THREADKEEP_STORE=dynamodb\n");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("  --to: THREADKEEP_DYNAMODB_TABLE: must be set");

    err.getBuffer().setLength(0);
    assertThat(execute("copy", "--to", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("  --to: ").contains("cannot be read");
  }

  @Test
  void aFolderShouldNotBeCopiedToItself() throws Exception {
    Files.writeString(config, "THREADKEEP_DATA_DIR=" + from + "\n");

    assertThat(run()).isEqualTo(1);

    assertThat(err.toString()).startsWith("copy: ").contains("in use").hasLineCount(1);
  }

  private void assertEqualFolders() {
    try (SampleChats source = SampleChats.in(from);
        SampleChats target = SampleChats.in(to)) {
      assertThat(target.everything()).isEqualTo(source.everything()).hasSize(10);
    }
  }

  private int run(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "copy";
    arguments[1] = "--to";
    arguments[2] = config.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return execute(arguments);
  }

  private int execute(String... arguments) {
    return Main.shell(
            Map.of("THREADKEEP_DATA_DIR", from.toString()),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .run(arguments);
  }
}
