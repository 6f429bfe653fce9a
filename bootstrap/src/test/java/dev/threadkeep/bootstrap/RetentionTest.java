package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import dev.threadkeep.local.LocalDataStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What removes threads that have expired, as an operator has it. */
class RetentionTest {
  private static final ThreadId ENDED = ThreadId.of("ended");
  private static final ThreadId STAYS = ThreadId.of("stays");

  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;

  @Test
  void theServerShouldRemoveWhatHasExpired() throws Exception {
    fill(folder.resolve("threadkeep-data"));

    try (ServerProcess server =
        ServerProcess.start(
            folder,
            Map.of("THREADKEEP_RETENTION", "explicit", "THREADKEEP_SWEEP_INTERVAL", "1s"))) {
      server.address();
      await(server, "removed 1 expired threads, and steps and elements of 0 that were gone");
      assertThat(server.output()).contains("expired threads are removed every PT1S");
      assertThat(server.stop()).isEqualTo(143);
    }

    try (LocalDataStore store =
            LocalDataStore.open(folder.resolve("threadkeep-data"), Clock.systemUTC());
        LocalBlobStore files = files(folder.resolve("threadkeep-data"))) {
      assertThat(Await.result(store.threads().isTaken(ENDED))).isFalse();
      assertThat(Await.result(store.threads().find(STAYS))).isPresent();
      assertThat(Await.result(files.list("", Optional.empty())).items())
          .extracting(it -> it.key().value())
          .containsExactly("ada/stays/e");
    }
  }

  @Test
  void theServerShouldNotSweepUnlessItIsToldTo() throws Exception {
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("THREADKEEP_RETENTION", "90d", "THREADKEEP_SWEEP_INTERVAL", "0s"))) {
      try (ServerProcess server = ServerProcess.start(folder, environment)) {
        server.address();
        server.stop();
        assertThat(server.output()).contains("listening").doesNotContain("expired threads");
      }
    }
  }

  @Test
  void doctorShouldRemoveWhatHasExpiredWhenItIsToldTo() {
    fill(folder);

    assertThat(run("doctor")).isEqualTo(1);
    assertThat(out.toString()).contains("thread ended: its time is over: reported\n");
    assertThat(run("doctor", "--repair")).isEqualTo(1);
    assertThat(run("doctor", "--repair", "--delete-files")).isZero();
    assertThat(out.toString()).contains("  expired thread: 1 mended\n");
    out.getBuffer().setLength(0);
    assertThat(run("doctor")).isZero();
    assertThat(out.toString()).contains("checked 1 threads, 1 steps and elements, 1 files");
  }

  @Test
  void tableCommandsShouldKnowTimeToLive() throws Exception {
    Map<String, String> with = Engine.environment("ttl-" + Fresh.text());
    Map<String, String> without = Engine.environment("ttl-" + Fresh.text());
    String name = with.get("THREADKEEP_DYNAMODB_TABLE");
    String other = without.get("THREADKEEP_DYNAMODB_TABLE");

    assertThat(process(with, "table", "create", "--ttl"))
        .isEqualTo("0 table " + name + " is made, with time to live\n");
    assertThat(process(with, "table", "check"))
        .isEqualTo("0 table " + name + " is as it has to be\n");
    assertThat(process(retaining(with), "table", "check"))
        .isEqualTo(
            "0 time to live of table " + name + " is on\ntable " + name + " is as it has to be\n");
    process(without, "table", "create");
    assertThat(process(retaining(without), "table", "check"))
        .startsWith("0 time to live of table " + other + " is off; ");
    assertThat(process(without, "table", "create", "--ttl"))
        .startsWith("0 table " + other + " exists\ntime to live of table " + other + " is off; ");
  }

  @Test
  void theTemplateShouldHaveTimeToLiveWhenItIsAskedFor() {
    assertThat(run("table", "template")).isZero();
    assertThat(out.toString()).doesNotContain("TimeToLive");
    assertThat(run("table", "template", "--ttl")).isZero();
    assertThat(out.toString())
        .contains(
            "\"TimeToLiveSpecification\": "
                + "{ \"AttributeName\": \"threadkeepExpiresAt\", \"Enabled\": true },\n");
  }

  private static void fill(Path data) {
    try (LocalDataStore store = LocalDataStore.open(data, Clock.systemUTC());
        LocalBlobStore files = files(data)) {
      Instant past = Instant.parse("2020-01-01T00:00:00Z");
      create(store, files, ENDED, Optional.of(past));
      create(store, files, STAYS, Optional.of(Instant.parse("2999-01-01T00:00:00Z")));
    }
  }

  private static void create(
      LocalDataStore store, LocalBlobStore files, ThreadId id, Optional<Instant> end) {
    BlobKey file = BlobKey.of("ada/" + id + "/e");
    Await.result(files.upload(file, ByteBuffer.allocate(3), UploadOptions.of("a/b")));
    Await.result(
        store
            .threads()
            .create(ChatThread.builder().id(id).userId(UserId.of("ada")).expiresAt(end).build()));
    Await.result(
        store
            .elements()
            .upsert(Element.builder().threadId(id).id(ElementId.of("e")).objectKey(file).build()));
  }

  private static LocalBlobStore files(Path data) {
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    return LocalBlobStore.open(data, urls, Clock.systemUTC());
  }

  private static void await(ServerProcess server, String line) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!server.output().contains(line)) {
      assertThat(System.nanoTime()).as(server.output()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static Map<String, String> retaining(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("THREADKEEP_RETENTION", "90d");
    return all;
  }

  private int run(String... arguments) {
    return Main.shell(
            Map.of("THREADKEEP_DATA_DIR", folder.toString()),
            new PrintWriter(out, true),
            new PrintWriter(out, true))
        .run(arguments);
  }

  private String process(Map<String, String> environment, String... arguments) throws Exception {
    Process process = ServerProcess.command(folder, environment, arguments);
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT.*\\n", "");
    return process.waitFor() + " " + output;
  }
}
