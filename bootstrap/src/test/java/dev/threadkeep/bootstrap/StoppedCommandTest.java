package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.RawTable;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A command is stopped at each of its writes in turn and run again: what is stored in the end is
 * what one leaves that nothing interrupts, to the byte.
 */
@Execution(ExecutionMode.CONCURRENT)
class StoppedCommandTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int MOST_WRITES = 100;
  private static final String[] REINDEX = {"reindex"};
  private static final String[] ERASE = {"erase", "--user", "user/0"};
  private static final String[] DOCTOR = {"doctor", "--repair", "--delete-files", "--grace", "0s"};

  @TempDir private Path folder;

  @Test
  void eraseShouldEndAsIfItNeverWereStoppedOnDynamoDb() throws Exception {
    assertStoppable(filled(RawStores.Aws.fresh()), ERASE);
  }

  @Test
  void eraseShouldEndAsIfItNeverWereStoppedOnTheEmbeddedStore() throws Exception {
    assertStoppable(filled(RawStores.Embedded.within(folder)), ERASE);
  }

  @Test
  void doctorShouldEndAsIfItNeverWereStoppedOnDynamoDb() throws Exception {
    assertStoppable(filled(RawStores.Aws.fresh()), DOCTOR);
  }

  @Test
  void doctorShouldEndAsIfItNeverWereStoppedOnTheEmbeddedStore() throws Exception {
    assertStoppable(filled(RawStores.Embedded.within(folder)), DOCTOR);
  }

  @Test
  void reindexShouldEndAsIfItNeverWereStoppedOnATableOfThePythonLayer() throws Exception {
    RawStores.Aws stores = RawStores.Aws.fresh();
    filled(stores);
    forgetEntries(stores);
    RawTable table = new RawTable(stores.table());
    chainlitItems().forEach(table::put);

    assertStoppable(stores, REINDEX);
  }

  /** Its lists are tables that each write keeps. */
  @Test
  void reindexShouldHaveNothingToDoOnTheEmbeddedStore() throws Exception {
    RawStores stores = filled(RawStores.Embedded.within(folder));
    Map<Object, Object> before = stores.everything();

    End end = run(stores, 1, REINDEX);

    assertThat(end.exit()).as(end.said()).isZero();
    assertThat(stores.everything()).isEqualTo(before);
  }

  private void assertStoppable(RawStores stores, String... command) throws Exception {
    Map<Object, Object> before = stores.everything();
    RawStores once = stores.copy();
    assertThat(once.everything()).isEqualTo(before);
    End end = run(once, NEVER, command);
    assertThat(end.exit()).as(end.said()).isZero();
    Map<Object, Object> after = once.everything();
    assertThat(after).isNotEqualTo(before);

    int writes = 0;
    while (stopAndRunAgain(stores.copy(), writes + 1, after, command)) {
      writes++;
      assertThat(writes).isLessThan(MOST_WRITES);
    }
    assertThat(writes).isGreaterThan(4);
    System.out.printf(
        "%s on %s: stopped at each of %d writes%n",
        command[0], stores.getClass().getSimpleName(), writes);
  }

  /** Whether it was stopped, because it makes so many writes. */
  private boolean stopAndRunAgain(
      RawStores stores, int write, Map<Object, Object> after, String... command) throws Exception {
    End end = run(stores, write, command);
    if (end.exit() == 0) {
      assertThat(stores.everything()).isEqualTo(after);
      return false;
    }
    assertThat(end.exit()).as(end.said()).isEqualTo(StoppingAppender.STOPPED);
    boolean wasDone = stores.everything().equals(after); // then there is nothing to erase any more

    End again = run(stores, NEVER, command);

    assertThat(wasDone || again.exit() == 0).as(end.said() + again.said()).isTrue();
    assertThat(stores.everything()).as(end.said()).isEqualTo(after);
    return true;
  }

  private record End(int exit, String said) {}

  private End run(RawStores stores, int stopAt, String... command)
      throws IOException, InterruptedException {
    Process process =
        ServerProcess.command(
            folder,
            stores.environment(),
            List.of(
                "-XX:TieredStopAtLevel=1", // it dies young
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder, // where it leaves the native library of SQLite
                "-Dlogback.configurationFile=stopping-logback.xml",
                "-D" + StoppingAppender.AT + "=" + stopAt),
            command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new End(process.waitFor(), said);
  }

  private static <S extends RawStores> S filled(S stores) {
    try (SampleChats chats = stores.open()) {
      chats.fill(4);
      chats.litter();
    }
    return stores;
  }

  /** As the Python layer leaves it: without entries, but for one whose step it has deleted. */
  private static void forgetEntries(RawStores.Aws stores) {
    stores.items().stream()
        .filter(
            item -> {
              String key = item.get("PK").s() + " " + item.get("SK").s();
              return key.matches("THREAD#.* (FEEDBACK|FAVORITE)#.*")
                  ? !key.equals("THREAD#thread#2 FEEDBACK#s1")
                  : key.equals("THREAD#thread#2 STEP#s1");
            })
        .forEach(stores::delete);
  }

  private static List<JsonValue> chainlitItems() throws IOException {
    try (InputStream file = StoppedCommandTest.class.getResourceAsStream("/chainlit-table.json")) {
      JsonObject fixture = (JsonObject) JsonText.parse(file.readAllBytes());
      return ((JsonValue.Array) fixture.get("items").orElseThrow()).items();
    }
  }
}
