package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.Checkup;
import dev.threadkeep.application.Doctor;
import dev.threadkeep.application.Finding;
import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.bootstrap.StoppedProcess.End;
import dev.threadkeep.bootstrap.StoppedProcess.Place;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.DynamoDbDataStore;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.s3.S3BlobStore;
import dev.threadkeep.s3.S3ProxyEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process is stopped before each of its writes in turn, on DynamoDB and S3: reads work on what
 * remains, the doctor brings table and store into agreement, and what was stopped can be repeated.
 */
@Execution(ExecutionMode.CONCURRENT)
class StopTest {
  /** What remained at each point, for people. */
  private static final Path REPORT = Path.of("target", "stops.md");

  private static final Set<Kind> ALLOWED = Set.of(Kind.ORPHANED_FILE, Kind.UNFINISHED_DELETE);
  private static final int MOST_WRITES = 20;

  @ParameterizedTest
  @EnumSource
  void aStopBetweenAnyTwoWritesShouldLoseNothingAndBeMended(StoppedOperation operation)
      throws Exception {
    int stopBefore = 1;
    while (stop(operation, stopBefore)) {
      stopBefore++;
      assertThat(stopBefore).isLessThan(MOST_WRITES);
    }
    assertThat(stopBefore).as("writes of " + operation).isGreaterThan(2);
  }

  /** Whether the process was stopped, because it makes so many writes. */
  private static boolean stop(StoppedOperation operation, int stopBefore) throws Exception {
    Place place = Place.fresh();
    BlobStore files =
        S3BlobStore.of(S3ProxyEngine.client(), S3ProxyEngine.presigner(), place.bucket());
    DataStore store =
        DynamoDbDataStore.builder(DynamoDbLocal.client(), place.table()).blobs(files).build();
    ChatServices chat = ChatServices.of(store, Optional.of(files));
    StoppedOperation.prepare(chat);

    End end = StoppedProcess.run(place, operation, stopBefore);

    StoppedOperation.checkReads(chat, keys(files));
    List<Finding> remains = examine(store, files, Treatment.none());
    if (end.exit() == 0) {
      operation.checkDone(chat);
      assertThat(remains).isEmpty();
      return false;
    }
    assertThat(end.exit()).as(end.said()).isEqualTo(StoppedProcess.STOPPED);
    assertThat(remains).as(end.said()).allMatch(it -> ALLOWED.contains(it.kind()));
    note(operation, end.said(), remains);
    assertMended(operation, chat, store, files);
    return true;
  }

  private static void assertMended(
      StoppedOperation operation, ChatServices chat, DataStore store, BlobStore files) {
    Treatment all = new Treatment(Set.of(Measure.REPAIR, Measure.DELETE_FILES), Duration.ZERO);
    assertThat(examine(store, files, all)).allMatch(it -> it.outcome() == Outcome.MENDED);
    assertThat(examine(store, files, Treatment.none())).isEmpty();
    StoppedOperation.checkReads(chat, keys(files));
    if (isStillToBeDone(operation, chat)) {
      Await.result(operation.run(chat).thenApply(done -> done));
    }
    operation.checkDone(chat);
    assertThat(examine(store, files, Treatment.none())).isEmpty();
  }

  /** Some deletes are over when their last write, which nobody sees, is left out. */
  private static boolean isStillToBeDone(StoppedOperation operation, ChatServices chat) {
    try {
      operation.checkDone(chat);
      return !operation.name().startsWith("DELETE");
    } catch (AssertionError notYet) {
      return true;
    }
  }

  private static List<Finding> examine(DataStore store, BlobStore files, Treatment treatment) {
    List<Finding> findings = new ArrayList<>();
    Await.result(
        new Doctor(store, Optional.of(files), BlobKeys.withoutPrefix(), Clock.systemUTC())
            .run(
                treatment,
                Checkup.beginning(),
                new Checkup.Observer() {
                  @Override
                  public void found(Finding finding) {
                    findings.add(finding);
                  }

                  @Override
                  public void reached(Checkup checkup) {}
                }));
    return findings;
  }

  private static List<String> keys(BlobStore files) {
    return Await.result(files.list("", Optional.empty())).items().stream()
        .map(it -> it.key().value())
        .toList();
  }

  private static synchronized void note(
      StoppedOperation operation, String where, List<Finding> remains) throws Exception {
    String what =
        remains.isEmpty()
            ? "nothing"
            : String.join("; ", remains.stream().map(it -> it.kind() + " " + it.what()).toList());
    Files.writeString(
        REPORT,
        "| %s | %s | %s |%n".formatted(operation, where, what),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
