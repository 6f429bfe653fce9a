package dev.threadkeep.local;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, and looks at what it leaves: everything that it was
 * told is stored must be there, and nothing by halves. A thread is created, changed and deleted as
 * a whole; many steps at once are written one by one.
 */
class KillTest {
  private static final int ROUNDS = 20;

  /** In lines that it says: in time, a busy machine would get nowhere. */
  private static final int LONGEST_LIFE = 400;

  @TempDir Path temporary;
  private final Random random = new Random();

  @Test
  void everyAcknowledgedWriteShouldSurviveAKill() throws Exception {
    Path folder = temporary.resolve("data");
    List<String> said = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> news = writeUntilKilled(folder, round, 1 + random.nextInt(LONGEST_LIFE));
      assertThat(news).noneMatch(line -> line.contains("failed"));
      verify(folder, news);
      said.addAll(news);
    }
    verify(folder, said);
    verifyWhatNobodySaid(folder);
    assertThat(said).anyMatch(line -> line.endsWith(" deleted"));
  }

  /** What the process has said until it was killed, after so many lines or a few more. */
  private List<String> writeUntilKilled(Path folder, int round, int lines) throws Exception {
    Process process = ChildJvm.start(KilledWriter.class, temporary, folder.toString(), "r" + round);
    List<String> said = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.endsWith(KilledWriter.END)) { // else it was cut off
          said.add(line.substring(0, line.length() - KilledWriter.END.length()));
        }
        if (said.size() == lines) {
          process.toHandle().destroyForcibly(); // and leave what it said last to be read
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code of a killed process").isNotZero();
    assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
    return said;
  }

  private static void verify(Path folder, List<String> said) {
    Map<String, Set<String>> saidByThread =
        said.stream()
            .map(line -> line.split(" ", 2))
            .collect(groupingBy(words -> words[0], mapping(words -> words[1], toSet())));
    verifyDatabase(folder.resolve(SqliteFile.NAME));
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC());
        LocalBlobStore files = KilledWriter.openFiles(folder)) {
      saidByThread.forEach((id, acknowledged) -> verifyThread(store, files, id, acknowledged));
    }
  }

  /** What was written and not acknowledged may be there, but not by halves. */
  private static void verifyWhatNobodySaid(Path folder) {
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC())) {
      listAll(store).forEach(id -> verifyWhole(load(store, id.value()).orElseThrow()));
    }
  }

  private static void verifyDatabase(Path file) {
    try (Handle handle = Jdbi.open("jdbc:sqlite:" + file)) {
      assertThat(handle.createQuery("PRAGMA integrity_check").mapTo(String.class).list())
          .containsExactly("ok");
      assertThat(handle.createQuery("PRAGMA foreign_key_check").mapToMap().list()).isEmpty();
    }
  }

  private static void verifyThread(
      LocalDataStore store, LocalBlobStore files, String id, Set<String> acknowledged) {
    Optional<Conversation> found = load(store, id);
    boolean gone = found.isEmpty() && acknowledged.contains("deleting");
    if (gone || acknowledged.contains("deleted")) {
      assertThat(Await.result(store.threads().isTaken(ThreadId.of(id)))).as(id).isFalse();
      return;
    }
    Conversation conversation = found.orElseThrow();
    verifyWhole(conversation);
    if (acknowledged.contains("renamed")) {
      assertThat(conversation.thread().name()).contains("renamed " + id);
    }
    assertThat(conversation.steps())
        .extracting(step -> "step " + step.id())
        .containsAll(acknowledged.stream().filter(it -> it.startsWith("step ")).toList());
    if (acknowledged.contains("element")) {
      assertThat(conversation.elements()).hasSize(1);
    }
    Optional<BlobInfo> file = Await.result(files.find(BlobKey.of(id)));
    if (file.isPresent() || acknowledged.contains("file")) {
      var content = Await.result(files.read(BlobKey.of(id), ByteRange.ALL)).orElseThrow().bytes();
      assertThat(Await.result(ByteCollector.subscribe(content).bytes()))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(KilledWriter.text(id, 10_000));
    }
  }

  /** The threads of the writer, whether it has said them or not. */
  private static List<ThreadId> listAll(LocalDataStore store) {
    List<ThreadId> all = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(PageRequest.MAX));
    while (request.isPresent()) {
      Page<ThreadSummary> page =
          Await.result(store.threads().list(KilledWriter.OWNER, request.get()));
      page.items().forEach(thread -> all.add(thread.id()));
      request = page.next().map(PageRequest.first(PageRequest.MAX)::after);
    }
    return all;
  }

  private static Optional<Conversation> load(LocalDataStore store, String id) {
    return Await.result(store.threads().load(ThreadId.of(id)));
  }

  private static void verifyWhole(Conversation conversation) {
    ChatThread thread = conversation.thread();
    String id = thread.id().value();
    ChatThread written = KilledWriter.thread(id);
    assertThat(thread.userId()).isEqualTo(written.userId());
    assertThat(thread.metadata()).isEqualTo(written.metadata());
    assertThat(thread.name().orElseThrow()).isIn("new " + id, "renamed " + id);
    assertThat(conversation.skipped()).isZero();
    for (Step step : conversation.steps()) {
      assertThat(step.output()).isEqualTo(KilledWriter.step(id, step.id().value()).output());
    }
  }
}
