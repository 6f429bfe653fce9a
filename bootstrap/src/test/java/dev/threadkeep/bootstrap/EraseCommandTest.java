package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.local.LocalDataStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing a user and reindexing as commands, on the store of one machine. */
class EraseCommandTest {
  private static final UserId ADA = UserId.of("ada");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void chat() {
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC())) {
      Await.result(store.users().upsert(User.builder().id(ADA).build()));
      for (String id : new String[] {"one", "two"}) {
        ThreadId thread = ThreadId.of(id);
        Await.result(store.threads().create(ChatThread.builder().id(thread).userId(ADA).build()));
        Await.result(store.steps().upsert(Step.userMessage(thread, StepId.of("s"), "secret")));
      }
    }
  }

  @Test
  void eraseShouldLeaveNothingAndSayWhatItRemoved() {
    assertThat(run("erase", "--user", "ada")).as(err.toString()).isZero();

    assertThat(out.toString())
        .matches("erased user ada: 2 threads, 4 items in all, 0 files in \\d+ s\n");
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC())) {
      assertThat(Await.result(store.threads().list(ADA, PageRequest.first(1))).items()).isEmpty();
      assertThat(Await.result(store.users().find(ADA))).isEmpty();
    }
    assertThat(run("erase", "--user", "ada")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("erase: user ada not found\n");
  }

  @Test
  void theReceiptShouldBeALineOfJson() {
    assertThat(run("erase", "--user", "ada", "--json")).isZero();

    assertThat(out.toString())
        .matches(
            "\\{\"identifier\":\"ada\",\"threads\":2,\"items\":4,\"files\":0,"
                + "\"erasedAt\":\"[0-9T:.-]+Z\"}\n");
  }

  @Test
  void whomToEraseShouldBeSaid() {
    assertThat(run("erase")).isEqualTo(2);
    assertThat(run("erase", "--user", "")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--user=U'", "--user");
  }

  @Test
  void reindexShouldSayWhatItLookedAt() {
    assertThat(run("reindex")).as(err.toString()).isZero();
    assertThat(run("reindex", "--json")).isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(
            text ->
                assertThat(text).matches("looked at 2 threads, mended the entries of 0 in \\d+ s"),
            line -> assertThat(line).matches("\\{\"threads\":2,\"mended\":0,\"seconds\":\\d+}"));
  }

  private int run(String... arguments) {
    Map<String, String> environment = Map.of("THREADKEEP_DATA_DIR", folder.toString());
    return Main.shell(environment, new PrintWriter(out), new PrintWriter(err)).run(arguments);
  }
}
