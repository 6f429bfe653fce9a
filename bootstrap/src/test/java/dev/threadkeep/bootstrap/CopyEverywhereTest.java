package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.dynamodb.DynamoDbLocal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code copy} as a process, from each kind of store to each other. */
class CopyEverywhereTest {
  private static final String NOTHING_BUT_THE_ORPHAN = " s\n  orphaned items: 1 reported\n";

  @TempDir private Path folder;

  @Test
  void everythingShouldComeBackEqualFromAllStores() throws Exception {
    Path home = folder.resolve("home");
    Path back = folder.resolve("back");
    try (SampleChats source = SampleChats.in(home)) {
      source.fill(12);
    }
    Map<String, String> local = Map.of("THREADKEEP_DATA_DIR", home.toString());
    Map<String, String> s3 = Engine.withS3(Engine.environment(DynamoDbLocal.createTable()));
    Map<String, String> azure = Engine.withAzure(Engine.environment(DynamoDbLocal.createTable()));
    azure.put("THREADKEEP_FILES_PREFIX", "shared/");
    Map<String, String> end =
        Map.of("THREADKEEP_DATA_DIR", back.toString(), "THREADKEEP_FILES", "local");

    copy(local, s3);
    copy(s3, azure);
    copy(azure, end);

    try (SampleChats source = SampleChats.in(home);
        SampleChats target = SampleChats.in(back)) {
      assertThat(target.everything()).isEqualTo(source.everything()).hasSize(18);
    }
    assertThat(ServerProcess.doctor(folder, s3)).endsWith(NOTHING_BUT_THE_ORPHAN);
    assertThat(ServerProcess.doctor(folder, azure)).endsWith(NOTHING_BUT_THE_ORPHAN);
  }

  /** Killed at moments that its state tells, with that state and without. */
  @Test
  void aCopyThatIsKilledShouldGoOn() throws Exception {
    Path home = folder.resolve("home");
    Path back = folder.resolve("back");
    try (SampleChats source = SampleChats.in(home)) {
      source.fill(350);
    }
    Map<String, String> local = Map.of("THREADKEEP_DATA_DIR", home.toString());
    Map<String, String> end = Map.of("THREADKEEP_DATA_DIR", back.toString());
    Path state = folder.resolve("state");

    killAt(state, "phase=THREADS", start(local, end, "--state", state.toString()));
    String first = Files.readString(state);
    killAt(state, "source.threads=199", start(local, end, "--state", state.toString()));
    assertThat(Files.readString(state)).isNotEqualTo(first);
    finish(start(local, end, "--state", state.toString()));

    assertThat(state).doesNotExist();
    try (SampleChats source = SampleChats.in(home);
        SampleChats target = SampleChats.in(back)) {
      assertThat(target.everything()).isEqualTo(source.everything());
    }
  }

  private void copy(Map<String, String> from, Map<String, String> to) throws Exception {
    finish(start(from, to));
  }

  private static void finish(Process copy) throws Exception {
    String said = new String(copy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(copy.waitFor()).as(said).isZero();
    assertThat(said).contains("both are equal, by hashes of their content").doesNotContain("WARN");
    System.out.println(said);
  }

  private static void killAt(Path state, String moment, Process copy) throws Exception {
    while (copy.isAlive() && !(Files.exists(state) && Files.readString(state).contains(moment))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    boolean isRunning = copy.isAlive();
    copy.destroyForcibly().waitFor();
    assertThat(isRunning).as("it was killed, and had not ended").isTrue();
  }

  /** The places are configured as an operator does; what the SDK reads is in the environment. */
  private Process start(Map<String, String> from, Map<String, String> to, String... more)
      throws IOException {
    Path config = Files.createTempFile(folder, "to", ".properties");
    Files.writeString(
        config,
        to.entrySet().stream()
            .filter(it -> !it.getKey().startsWith("AWS_"))
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("\n")));
    Map<String, String> environment = new HashMap<>(to);
    environment.keySet().removeIf(it -> !it.startsWith("AWS_"));
    environment.putAll(from);
    String[] arguments =
        Stream.concat(List.of("copy", "--to", config.toString()).stream(), List.of(more).stream())
            .toArray(String[]::new);
    return ServerProcess.command(folder, environment, arguments);
  }
}
