package dev.threadkeep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.contract.Await;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theUppermostEntryOfAThreadShouldBeFoundInAnIndexHoweverManyThereAre() {
    List<String> plan =
        Await.result(
            database.read(
                "plan",
                handle ->
                    handle
                        .createQuery("EXPLAIN QUERY PLAN " + ThreadList.WITH_FEEDBACK)
                        .bind("owner", "ada")
                        .bind("value", 1)
                        .map((row, context) -> row.getString("detail"))
                        .list()));

    assertThat(plan)
        .contains(
            "SEARCH other USING COVERING INDEX entry_of_thread"
                + " (thread=? AND list=? AND value=?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
  }

  @Test
  void everyConnectionShouldKeepAnAcknowledgedWriteOnDisk() {
    CyclicBarrier together = new CyclicBarrier(Database.READERS);
    List<Map<String, String>> settings =
        Await.results(
            IntStream.range(0, Database.READERS)
                .mapToObj(
                    i ->
                        database.read(
                            "settings",
                            handle -> {
                              await(together); // so that each runs on another connection
                              return durability(handle);
                            }))
                .toList());

    assertThat(settings)
        .hasSize(Database.READERS)
        .allSatisfy(DatabaseTest::assertDurable)
        .extracting(it -> it.get("thread"))
        .doesNotHaveDuplicates();
    assertDurable(Await.result(database.write("settings", DatabaseTest::durability)));
  }

  @Test
  void aReadShouldNotWrite() {
    DataLayerException error =
        Await.failure(() -> database.read("read", handle -> insert(handle, "ada")));

    assertThat(error).hasMessageStartingWith("read: ");
    assertThat(users()).isEmpty();
  }

  @Test
  void aReadShouldSeeOneSnapshot() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    CompletionStage<List<List<String>>> reads =
        database.read(
            "read twice",
            handle -> {
              List<String> before = users(handle);
              begun.countDown();
              await(written);
              return List.of(before, users(handle));
            });
    await(begun);
    Await.result(database.write("write", handle -> insert(handle, "ada")));
    written.countDown();

    assertThat(Await.result(reads)).containsExactly(List.of(), List.of());
    assertThat(users()).containsExactly("ada");
  }

  @Test
  void aFailingWriteShouldHarmNoneOfItsCommit() {
    CountDownLatch queued = new CountDownLatch(1);
    CompletionStage<Integer> first = insertAfter(queued, "a");
    CompletionStage<Integer> second = database.write("second", handle -> insert(handle, "b"));
    CompletionStage<Integer> failing =
        database.write(
            "failing",
            handle -> {
              insert(handle, "c");
              throw new DataLayerException(ErrorCode.CONFLICT, "changed my mind");
            });
    CompletionStage<Integer> taken = database.write("taken", handle -> insert(handle, "a"));
    CompletionStage<Integer> last = database.write("last", handle -> insert(handle, "d"));
    queued.countDown();

    assertThat(Await.results(List.of(first, second, last))).containsExactly(1, 1, 1);
    assertThat(Await.failure(() -> failing)).hasMessage("changed my mind");
    assertThat(Await.failure(() -> taken)).hasMessageContaining("UNIQUE constraint failed");
    assertThat(users()).containsExactly("a", "b", "d");
  }

  @Test
  void anErrorThatEndsTheTransactionShouldFailItsCommitAndNoMore() {
    CountDownLatch queued = new CountDownLatch(1);
    CompletionStage<Integer> first = insertAfter(queued, "a");
    CompletionStage<Integer> before = database.write("before", handle -> insert(handle, "b"));
    CompletionStage<Integer> ending =
        database.write(
            "ending",
            handle -> {
              handle.execute("ROLLBACK"); // as SQLite does by itself after some errors
              throw new IllegalStateException("oops");
            });
    CompletionStage<Integer> after = database.write("after", handle -> insert(handle, "c"));
    queued.countDown();

    Await.result(first);
    Await.refused(ErrorCode.UNAVAILABLE, "before: unexpected ", () -> before);
    Await.refused(ErrorCode.UNAVAILABLE, "ending: unexpected ", () -> ending);
    Await.refused(ErrorCode.UNAVAILABLE, "after: unexpected ", () -> after);
    Await.result(database.write("next", handle -> insert(handle, "d")));
    assertThat(users()).containsExactly("a", "d");
  }

  @Test
  void aFullDiskShouldBeNamedAndEndWithIt() {
    Await.result(
        database.write(
            "limit",
            handle ->
                handle.createQuery("PRAGMA max_page_count = 100").mapTo(Integer.class).one()));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "save: the disk is full",
        () -> database.write("save", handle -> insert(handle, "x".repeat(1_000_000))));

    Await.result(database.write("save", handle -> insert(handle, "ada")));
    assertThat(users()).containsExactly("ada");
  }

  @Test
  void codeOfACallerShouldBeFreeToWaitForTheStore() {
    List<CompletionStage<Integer>> chained =
        IntStream.range(0, 64)
            .mapToObj(
                i ->
                    database
                        .write("outer", handle -> insert(handle, "outer" + i))
                        .thenApply(
                            done ->
                                Await.result(
                                    database.write("inner", handle -> insert(handle, "in" + i)))))
            .toList();

    assertThat(Await.results(chained)).hasSize(64);
    assertThat(users()).hasSize(128);
  }

  @Test
  void closeShouldFinishWhatWasAcceptedAndRefuseTheRest() {
    List<CompletionStage<Integer>> accepted =
        IntStream.range(0, 1_000)
            .mapToObj(i -> database.write("write", handle -> insert(handle, "u" + i)))
            .toList();
    CompletionStage<List<String>> read = database.read("read", DatabaseTest::users);
    database.close();

    assertThat(accepted).allSatisfy(it -> assertThat(it.toCompletableFuture()).isCompleted());
    assertThat(read.toCompletableFuture()).isCompleted();
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "late write: the store is closed",
        () -> database.write("late write", handle -> insert(handle, "late")));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "late read: the store is closed",
        () -> database.read("late read", DatabaseTest::users));
    database = Database.open(folder);
    assertThat(users()).hasSize(1_000);
  }

  @RepeatedTest(20)
  void everyWriteShouldBeToldWhatBecameOfItWhenTheStoreIsClosed() throws InterruptedException {
    Queue<CompletableFuture<Integer>> writes = new ConcurrentLinkedQueue<>();
    List<Thread> writers =
        IntStream.range(0, 4)
            .mapToObj(i -> new Thread(() -> writeUntilRefused("u" + i + "-", writes)))
            .toList();
    writers.forEach(Thread::start);
    Thread.sleep(2);

    database.close();
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(writes).isNotEmpty().allSatisfy(write -> assertThat(write).isDone());
  }

  private void writeUntilRefused(String prefix, Queue<CompletableFuture<Integer>> writes) {
    for (int i = 0; i < 2_000; i++) {
      String id = prefix + i;
      CompletableFuture<Integer> write =
          database.write("write", handle -> insert(handle, id)).toCompletableFuture();
      writes.add(write);
      if (write.isCompletedExceptionally()) {
        return;
      }
    }
  }

  @Test
  void closeShouldBeRepeatable() {
    database.close();
    database.close();
    database = Database.open(folder);
    assertThat(users()).isEmpty();
  }

  /** A write that holds the writer up, so that those queued from now on share the next commit. */
  private CompletionStage<Integer> insertAfter(CountDownLatch latch, String id) {
    CountDownLatch begun = new CountDownLatch(1);
    CompletionStage<Integer> write =
        database.write(
            "insert",
            handle -> {
              begun.countDown();
              await(latch);
              return insert(handle, id);
            });
    await(begun);
    return write;
  }

  private static Map<String, String> durability(Handle handle) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : List.of("journal_mode", "synchronous", "foreign_keys", "busy_timeout")) {
      settings.put(name, handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }
    settings.put("thread", Thread.currentThread().getName());
    return settings;
  }

  private static void assertDurable(Map<String, String> settings) {
    assertThat(settings)
        .containsEntry("journal_mode", "wal")
        .containsEntry("synchronous", "2")
        .containsEntry("foreign_keys", "1")
        .containsEntry("busy_timeout", "5000");
  }

  private List<String> users() {
    return Await.result(database.read("users", DatabaseTest::users));
  }

  private static List<String> users(Handle handle) {
    return handle.createQuery("SELECT id FROM user ORDER BY id").mapTo(String.class).list();
  }

  private static int insert(Handle handle, String id) {
    return handle.execute("INSERT INTO user (id, body) VALUES (?, '{}')", id);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
