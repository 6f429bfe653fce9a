package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Sweep.Swept;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What removes threads that have expired: the sweep, and a check-up. */
class SweepTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestClock clock = new TestClock();
  private final InMemoryDataStore store = new InMemoryDataStore(clock);
  private final InMemoryBlobStore files = new InMemoryBlobStore(URI.create("https://files.test"));

  @Test
  void sweepShouldRemoveExpiredThreadsWithAllThatBelongsToThem() {
    ThreadId ends = thread("ends", Optional.of(clock.instant().plus(DAY)));
    ThreadId later = thread("later", Optional.of(clock.instant().plus(DAY).plus(DAY)));
    ThreadId stays = thread("stays", Optional.empty());
    List.of(ends, later, stays).forEach(this::fill);
    clock.advance(DAY);

    assertThat(sweep()).isEqualTo(new Swept(1, 0, 0));

    assertThat(await(store.threads().isTaken(ends))).isFalse();
    assertThat(keys()).containsExactly(BlobKey.of("ada/later/e"), BlobKey.of("ada/stays/e"));
    assertThat(await(store.threads().load(later)).orElseThrow().elements()).hasSize(1);
    assertThat(await(store.threads().load(stays)).orElseThrow().steps()).hasSize(1);
    assertThat(sweep()).isEqualTo(new Swept(0, 0, 0));
  }

  @Test
  void sweepShouldRemoveManyThreads() {
    Instant end = clock.instant().plus(DAY);
    IntStream.range(0, 35).forEach(i -> thread("t" + i, Optional.of(end)));
    clock.advance(DAY);

    assertThat(sweep()).isEqualTo(new Swept(35, 0, 0));
  }

  @Test
  void sweepShouldRemoveWhatAnEngineLeavesOnceItIsADayOld() {
    ThreadId gone = ThreadId.of("gone");
    Timestamp now = Timestamp.of(clock.instant());
    await(
        store
            .steps()
            .upsert(Step.builder().threadId(gone).id(StepId.of("s")).createdAt(now).build()));
    BlobKey file = upload("ada/gone/e");
    element(gone, file);

    assertThat(sweep()).isEqualTo(new Swept(0, 0, 0));
    assertThat(keys()).containsExactly(file);

    clock.advance(DAY);

    assertThat(sweep()).isEqualTo(new Swept(0, 1, 0));
    assertThat(await(store.threads().isTaken(gone))).isFalse();
    assertThat(keys()).isEmpty();
  }

  @Test
  void sweepShouldLeaveWhatIsOfNoKnownAge() {
    element(ThreadId.of("gone"), BlobKey.of("ada/gone/e"));
    clock.advance(DAY.multipliedBy(100));

    assertThat(sweep()).isEqualTo(new Swept(0, 0, 0));
    assertThat(await(store.threads().isTaken(ThreadId.of("gone")))).isTrue();
  }

  @Test
  void whatCannotBeRemovedShouldBeLeftToTheNextSweepAndNotKeepTheOthers() {
    Instant end = clock.instant().plus(DAY);
    List.of("a", "b", "c").forEach(id -> fill(thread(id, Optional.of(end))));
    clock.advance(DAY);
    BlobStore broken =
        new DelegatingBlobStore(files) {
          @Override
          public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
            return keys.contains(BlobKey.of("ada/b/e"))
                ? CompletableFuture.failedStage(
                    new DataLayerException(ErrorCode.UNAVAILABLE, "no files today"))
                : super.deleteAll(keys);
          }
        };

    assertThat(sweep(broken, () -> false)).isEqualTo(new Swept(2, 0, 1));
    assertThat(await(store.threads().isExpired(ThreadId.of("b")))).isTrue();
    assertThat(sweep()).isEqualTo(new Swept(1, 0, 0));
    assertThat(keys()).isEmpty();
  }

  @Test
  void sweepShouldEndBeforeTheNextThreadWhenItIsTold() {
    Instant end = clock.instant().plus(DAY);
    IntStream.range(0, 35).forEach(i -> thread("t" + i, Optional.of(end)));
    clock.advance(DAY);
    AtomicInteger asked = new AtomicInteger();

    assertThat(sweep(files, () -> asked.incrementAndGet() > 3)).isEqualTo(new Swept(3, 0, 0));
    assertThat(sweep()).isEqualTo(new Swept(32, 0, 0));
  }

  @Test
  void sweepShouldNotRemoveAThreadThatHasTheIdOfAnExpiredOneNow() {
    Instant end = clock.instant().plus(DAY);
    thread("a", Optional.of(end));
    ThreadId again = thread("b", Optional.of(end));
    clock.advance(DAY);
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier beforeTheSecond =
        () -> {
          if (asked.incrementAndGet() == 2) {
            await(store.threads().delete(again));
            thread("b", Optional.empty());
          }
          return false;
        };

    assertThat(sweep(files, beforeTheSecond)).isEqualTo(new Swept(1, 0, 0));
    assertThat(await(store.threads().find(again))).isPresent();
  }

  @Test
  void doctorShouldReportExpiredThreadsAndNothingElseOfThem() {
    ThreadId ends = thread("ends", Optional.of(clock.instant().plus(DAY)));
    fill(ends);
    clock.advance(DAY);

    assertThat(checkUp())
        .extracting(Finding::kind, Finding::what, Finding::outcome)
        .containsExactly(tuple(Kind.EXPIRED_THREAD, "thread ends", Outcome.REPORTED));
    assertThat(checkUp(Measure.REPAIR))
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.EXPIRED_THREAD, Outcome.REPORTED));
    assertThat(await(store.threads().isTaken(ends))).isTrue();
  }

  @Test
  void doctorShouldRemoveExpiredThreadsAndTheirFilesWhenToldTo() {
    ThreadId ends = thread("ends", Optional.of(clock.instant().plus(DAY)));
    ThreadId begun = thread("begun", Optional.of(clock.instant().plus(DAY)));
    ThreadId plain = thread("plain", Optional.of(clock.instant().plus(DAY)));
    fill(ends);
    fill(begun);
    clock.advance(DAY);
    await(store.threads().clear(begun));

    assertThat(checkUp(Measure.REPAIR))
        .filteredOn(it -> it.kind() != Kind.ORPHANED_FILE) // those of the delete that has begun
        .extracting(Finding::kind, Finding::what, Finding::outcome)
        .containsExactlyInAnyOrder(
            tuple(Kind.EXPIRED_THREAD, "thread ends", Outcome.REPORTED),
            tuple(Kind.EXPIRED_THREAD, "thread begun", Outcome.REPORTED),
            tuple(Kind.EXPIRED_THREAD, "thread plain", Outcome.MENDED));
    assertThat(await(store.threads().isTaken(plain))).isFalse();
    assertThat(checkUp(Measure.REPAIR, Measure.DELETE_FILES))
        .extracting(Finding::kind, Finding::outcome)
        .containsOnly(tuple(Kind.EXPIRED_THREAD, Outcome.MENDED))
        .hasSize(2);
    assertThat(keys()).isEmpty();
    assertThat(checkUp()).isEmpty();
  }

  private Swept sweep() {
    return sweep(files, () -> false);
  }

  private Swept sweep(BlobStore blobs, BooleanSupplier stopped) {
    return await(new Sweep(store, Optional.of(blobs), clock, stopped).run());
  }

  private List<Finding> checkUp(Measure... measures) {
    List<Finding> findings = new ArrayList<>();
    Checkup.Observer observer =
        new Checkup.Observer() {
          @Override
          public void found(Finding finding) {
            findings.add(finding);
          }

          @Override
          public void reached(Checkup checkup) {}
        };
    await(
        new Doctor(store, Optional.of(files), BlobKeys.withoutPrefix(), clock)
            .run(new Treatment(Set.of(measures), Treatment.GRACE), Checkup.beginning(), observer));
    return findings;
  }

  private ThreadId thread(String name, Optional<Instant> end) {
    ThreadId id = ThreadId.of(name);
    await(store.threads().create(ChatThread.builder().id(id).userId(ADA).expiresAt(end).build()));
    return id;
  }

  /** A step, and an element with a file. */
  private void fill(ThreadId thread) {
    await(store.steps().upsert(Step.userMessage(thread, StepId.of("s"), "x")));
    element(thread, upload("ada/" + thread + "/e"));
  }

  private void element(ThreadId thread, BlobKey file) {
    await(
        store
            .elements()
            .upsert(
                Element.builder().threadId(thread).id(ElementId.of("e")).objectKey(file).build()));
  }

  private BlobKey upload(String key) {
    BlobKey file = BlobKey.of(key);
    await(files.upload(file, ByteBuffer.wrap(new byte[] {1}), UploadOptions.of("text/plain")));
    return file;
  }

  private List<BlobKey> keys() {
    return await(files.list("", Optional.empty())).items().stream().map(BlobEntry::key).toList();
  }
}
