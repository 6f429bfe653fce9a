package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.bootstrap.settings.SettingsReader;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import dev.threadkeep.local.LocalDataStore;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as a command, on the store of one machine. */
class DoctorCommandTest {
  private static final String[] MEND = {"doctor", "--repair", "--delete-files", "--grace", "0s"};

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  /** A thread, a file that nothing refers to, and a step without a thread. */
  @BeforeEach
  void makeAMess() {
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC());
        LocalBlobStore files = LocalBlobStore.open(folder, urls, Clock.systemUTC())) {
      ThreadId thread = ThreadId.of("t");
      Await.result(
          store.threads().create(ChatThread.builder().id(thread).userId(UserId.of("ada")).build()));
      Await.result(
          files.upload(BlobKey.of("ada/t/gone"), ByteBuffer.allocate(3), UploadOptions.of("a/b")));
      Await.result(
          store.steps().upsert(Step.userMessage(ThreadId.of("lost"), StepId.of("s"), "secret")));
    }
  }

  @Test
  void withoutOptionsItShouldReportAndSayThatSomethingIsLeft() {
    assertThat(run("doctor")).isEqualTo(1);

    assertThat(out.toString())
        .contains("1 steps and elements of thread lost: without a thread: reported\n")
        .containsPattern("file ada/t/gone, 3 bytes of .*: nothing refers to it: reported\n")
        .containsPattern("checked 2 threads, 1 steps and elements, 1 files in \\d+ s\n")
        .contains("  orphaned items: 1 reported\n  orphaned file: 1 reported\n")
        .doesNotContain("secret");
  }

  @Test
  void whatIsYoungShouldBeSpared() {
    assertThat(run("doctor", "--repair", "--delete-files")).isEqualTo(1);

    assertThat(out.toString())
        .contains("without a thread: spared (it is younger than the grace period)");
    assertThat(run("doctor")).as("nothing has changed").isEqualTo(1);
  }

  @Test
  void itShouldMendWhatItIsToldTo() {
    assertThat(run(MEND)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("  orphaned file: 1 mended\n");

    out.getBuffer().setLength(0);
    assertThat(run("doctor")).isZero();
    assertThat(out.toString())
        .startsWith("checked 1 threads, 0 steps and elements, 0 files")
        .endsWith("everything is in order\n");
  }

  @Test
  void jsonShouldBeALineForEachFindingAndOneForTheSum() {
    assertThat(run("doctor", "--json")).isEqualTo(1);

    assertThat(out.toString().lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"finding\":\"ORPHANED_ITEMS\",\"what\":\"1 steps and elements of thread lost\","
                + "\"outcome\":\"REPORTED\",\"reason\":\"\"}");
    assertThat(out.toString())
        .containsPattern(
            "\\{\"threads\":2,\"items\":1,\"files\":1,\"seconds\":\\d+,\"found\":\\{.*}}\n$");
  }

  @Test
  void aStateShouldBeGoneOnFromAndRemovedAtTheEnd() throws Exception {
    Path state = folder.resolve("state");
    keep(state, "phase=FILES\nthreads=7\nitems=8\nfiles=9\n");

    assertThat(run("doctor", "--state", state.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("checked 7 threads, 8 steps and elements, 10 files")
        .doesNotContain("thread lost");
    assertThat(state).doesNotExist();
  }

  @Test
  void whatWasFoundBeforeShouldCountInTheEnd() throws Exception {
    Path state = folder.resolve("state");
    keep(state, "phase=DONE\nthreads=7\nitems=8\nfiles=9\nfound.LOST_FILE.SPARED=2\n");

    assertThat(run("doctor", "--state", state.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("checked 7 threads, 8 steps and elements, 9 files")
        .endsWith("  lost file: 2 spared\n");
  }

  @Test
  void aStateOfACheckupWithOtherMeasuresShouldBeRefusedAndKept() throws Exception {
    Path state = folder.resolve("state");
    keep(state, "phase=FILES\nthreads=7\nitems=8\nfiles=9\n");

    assertThat(run("doctor", "--repair", "--state", state.toString())).isEqualTo(1);

    assertThat(err.toString()).contains(" does not tell how far this check-up has come; remove it");
    assertThat(state).exists();
  }

  @Test
  void onATableItShouldMakeNoSecret() throws Exception {
    Path data = folder.resolve("data");
    Map<String, String> environment =
        new HashMap<>(Engine.environment(DynamoDbLocal.createTable()));
    environment.remove("CHAINLIT_AUTH_SECRET");
    environment.put("THREADKEEP_FILES", "local");
    environment.put("THREADKEEP_DATA_DIR", data.toString());

    assertThat(ServerProcess.doctor(folder, environment)).startsWith("0 ");

    assertThat(data.resolve("files")).isDirectory();
    assertThat(data).isDirectoryNotContaining(it -> !it.endsWith("files"));
  }

  @Test
  void aFileThatIsNoStateShouldBeRefusedAndKept() throws Exception {
    Path state = folder.resolve("state");
    Files.writeString(state, "something else");

    assertThat(run("doctor", "--state", state.toString())).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "doctor: "
                + state
                + " does not tell how far this check-up has come; remove it to begin anew\n");
    assertThat(state).hasContent("something else");
  }

  @Test
  void aWrongGraceShouldBeWrongUse() {
    assertThat(run("doctor", "--grace", "soon")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--grace must be a time, such as 90s or 5m");
  }

  @Test
  void aFolderInUseShouldBeSaidInALine() {
    LocalDataStore inUse = LocalDataStore.open(folder, Clock.systemUTC());
    assertThat(run("doctor")).isEqualTo(1);
    inUse.close();
    assertThat(err.toString()).startsWith("doctor: ").contains("in use").hasLineCount(1);
  }

  /** As a check-up of the folder that only reports keeps it. */
  private void keep(Path state, String point) throws Exception {
    Properties kept = new Properties();
    kept.load(new StringReader(point));
    kept.setProperty(
        "place",
        Place.of(
            SettingsReader.read(
                Map.of("THREADKEEP_DATA_DIR", folder.toString()), Optional.empty(), Set.of())));
    kept.setProperty("measures", "");
    try (Writer text = Files.newBufferedWriter(state)) {
      kept.store(text, null);
    }
  }

  private int run(String... arguments) {
    return Main.shell(
            Map.of("THREADKEEP_DATA_DIR", folder.toString()),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .run(arguments);
  }
}
