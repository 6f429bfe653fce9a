package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final ThreadId THREAD = ThreadId.of("t");
  private static final Treatment ALL =
      new Treatment(Set.of(Measure.REPAIR, Measure.DELETE_FILES), Duration.ZERO);
  private static final Treatment REPAIR = new Treatment(Set.of(Measure.REPAIR), Duration.ZERO);

  private final InMemoryDataStore store = new InMemoryDataStore(new TestClock());
  private final InMemoryBlobStore files = new InMemoryBlobStore(URI.create("https://files.test"));
  private final List<Finding> findings = new ArrayList<>();
  private final List<Checkup> reached = new ArrayList<>();
  private final List<Checkup> underWay = new ArrayList<>();
  private Clock clock = Clock.systemUTC();

  @Test
  void aHealthyStoreShouldHaveNoFindings() {
    thread(THREAD);
    element(THREAD, "e", upload("ada/t/e"));
    await(store.steps().upsert(Step.userMessage(THREAD, StepId.of("s"), "x")));

    Checkup end = run(ALL);

    assertThat(findings).isEmpty();
    assertThat(end).isEqualTo(new Checkup(Checkup.Phase.DONE, Optional.empty(), 1, 2, 1));
    assertThat(reached).last().isEqualTo(end);
  }

  @Test
  void withoutMeasuresItShouldOnlyReport() {
    thread(THREAD);
    BlobKey orphan = upload("ada/t/gone");
    await(store.steps().upsert(Step.userMessage(ThreadId.of("none"), StepId.of("s"), "x")));

    run(new Treatment(Set.of(), Duration.ZERO));

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(
            tuple(Kind.ORPHANED_ITEMS, Outcome.REPORTED),
            tuple(Kind.ORPHANED_FILE, Outcome.REPORTED));
    assertThat(keys()).containsExactly(orphan);
    assertThat(await(store.threads().isTaken(ThreadId.of("none")))).isTrue();
  }

  @Test
  void repairShouldRemoveOrphanedItemsAndDeleteFilesTheirFiles() {
    ThreadId none = ThreadId.of("none");
    BlobKey file = upload("ada/none/e");
    element(none, "e", file);

    run(REPAIR);
    assertThat(findings)
        .extracting(Finding::kind, Finding::what, Finding::outcome)
        .as("else nobody would know the file any more")
        .containsExactly(
            tuple(Kind.ORPHANED_ITEMS, "1 steps and elements of thread none", Outcome.REPORTED));
    assertThat(keys()).containsExactly(file);

    findings.clear();
    run(ALL);
    assertThat(findings).extracting(Finding::outcome).containsExactly(Outcome.MENDED);
    assertThat(keys()).isEmpty();
    assertThat(await(store.threads().isTaken(none))).isFalse();
  }

  @Test
  void aDeleteThatWasInterruptedShouldBeFinished() {
    thread(THREAD);
    element(THREAD, "e", upload("ada/t/e"));
    await(store.threads().clear(THREAD));

    run(ALL);

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.UNFINISHED_DELETE, Outcome.MENDED));
    assertThat(keys()).isEmpty();
    assertThat(await(store.threads().isTaken(THREAD))).isFalse();
  }

  @Test
  void aThreadOfWhichSomethingIsThereThoughItsDeleteBeganShouldBeKept() {
    thread(THREAD);
    element(THREAD, "e", upload("ada/t/e"));
    await(store.threads().clear(THREAD));
    await(store.steps().upsert(Step.userMessage(THREAD, StepId.of("new"), "x")));

    run(ALL);

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(
            tuple(Kind.UNFINISHED_DELETE, Outcome.MENDED),
            tuple(Kind.ORPHANED_FILE, Outcome.MENDED));
    assertThat(await(store.steps().find(THREAD, StepId.of("new")))).isPresent();
    assertThat(keys()).isEmpty();
  }

  @Test
  void anElementShouldLoseAFileThatIsNotThere() {
    thread(THREAD);
    element(THREAD, "lost", BlobKey.of("ada/t/lost"));
    element(THREAD, "kept", upload("ada/t/kept"));

    run(REPAIR);

    assertThat(findings)
        .extracting(Finding::kind, Finding::what, Finding::outcome)
        .containsExactly(
            tuple(Kind.LOST_FILE, "element lost of thread t, file ada/t/lost", Outcome.MENDED));
    assertThat(find(THREAD, "lost").objectKey()).isEmpty();
    assertThat(find(THREAD, "kept").objectKey()).isPresent();
    findings.clear();
    run(REPAIR);
    assertThat(findings).isEmpty();
  }

  @Test
  void whereNoFileAtAllIsThereTheStoreShouldBeDoubtedAndNothingBeMended() {
    thread(THREAD);
    for (int i = 0; i < 5; i++) {
      element(THREAD, "e" + i, BlobKey.of("ada/t/e" + i));
    }

    run(ALL);

    assertThat(findings)
        .hasSize(5)
        .allMatch(it -> it.outcome() == Outcome.SPARED && it.reason().contains("right store"));
    assertThat(find(THREAD, "e3").objectKey()).isPresent();
  }

  @Test
  void filesOfAnotherApplicationShouldSurvive() {
    thread(THREAD);
    List<BlobKey> others =
        List.of(
            upload("logs/2026/11/24.gz"),
            upload("readme.txt"),
            upload("ada/other-thread/e"),
            upload("backup//x/y"),
            upload("threadkeep/steps/other-thread/0123"));
    BlobKey ours = upload("ada/t/gone");

    run(ALL);

    assertThat(keys()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(findings)
        .filteredOn(it -> it.outcome() == Outcome.MENDED)
        .singleElement()
        .satisfies(it -> assertThat(it.what()).startsWith("file " + ours + ", 4 bytes of "));
    assertThat(findings)
        .filteredOn(it -> it.kind() == Kind.UNKNOWN_FILE)
        .extracting(Finding::outcome)
        .containsOnly(Outcome.REPORTED);
  }

  @Test
  void aFileWhoseKeyCouldBeOfAnotherThreadShouldSurvive() {
    thread(THREAD);
    ThreadId withSlash = ThreadId.of("x/t");
    thread(withSlash);
    element(withSlash, "e", upload("ada/x/t/e")); // as Chainlit's layer makes it
    ThreadId other = ThreadId.of("y");
    thread(other);
    element(other, "t/e", upload("ada/y/t/e"));

    run(ALL);

    assertThat(findings).isEmpty();
    assertThat(keys()).hasSize(2);
  }

  @Test
  void onlyFilesUnderThePrefixShouldBeLookedAt() {
    thread(THREAD);
    BlobKey outside = upload("ada/t/gone");
    upload("app/ada/t/gone");

    Checkup end =
        await(
            new Doctor(store, Optional.of(files), new BlobKeys("app/"), clock)
                .run(ALL, Checkup.beginning(), observer()));

    assertThat(end.files()).isEqualTo(1);
    assertThat(keys()).containsExactly(outside);
  }

  @Test
  void nothingYoungShouldBeTouched() {
    thread(THREAD);
    BlobKey young = upload("ada/t/gone");
    await(store.steps().upsert(Step.userMessage(ThreadId.of("none"), StepId.of("s"), "x")));
    element(ThreadId.of("ageless"), "e", Optional.empty());
    Treatment day = new Treatment(ALL.measures(), Duration.ofDays(1));
    Instant written = Instant.now();
    clock = Clock.fixed(written.plus(Duration.ofHours(23)), ZoneOffset.UTC);
    await(
        store
            .steps()
            .upsert(
                Step.builder()
                    .threadId(ThreadId.of("none"))
                    .id(StepId.of("now"))
                    .createdAt(Timestamp.of(written))
                    .build()));

    run(day);
    assertThat(findings)
        .hasSize(3)
        .allMatch(it -> it.outcome() == Outcome.SPARED)
        .extracting(Finding::reason)
        .containsExactlyInAnyOrder(
            "it is younger than the grace period",
            "it is younger than the grace period",
            "nothing tells its age");
    assertThat(keys()).containsExactly(young);

    findings.clear();
    clock = Clock.fixed(written.plus(Duration.ofHours(25)), ZoneOffset.UTC);
    run(day);
    assertThat(findings)
        .extracting(Finding::outcome)
        .containsExactlyInAnyOrder(Outcome.MENDED, Outcome.MENDED, Outcome.SPARED);
    assertThat(keys()).isEmpty();
  }

  @Test
  void aFileThatCannotBeDeletedShouldBeToldAndNotStopTheRest() {
    thread(THREAD);
    upload("ada/t/broken");
    upload("ada/t/fine");
    DelegatingBlobStore stubborn =
        new DelegatingBlobStore(files) {
          @Override
          public CompletionStage<Void> delete(BlobKey key) {
            return key.value().endsWith("broken")
                ? CompletableFuture.failedStage(
                    new DataLayerException(ErrorCode.UNAVAILABLE, "not now"))
                : super.delete(key);
          }
        };

    await(
        new Doctor(store, Optional.of(stubborn), BlobKeys.withoutPrefix(), clock)
            .run(ALL, Checkup.beginning(), observer()));

    assertThat(findings)
        .extracting(Finding::outcome, Finding::reason)
        .containsExactlyInAnyOrder(tuple(Outcome.FAILED, "not now"), tuple(Outcome.MENDED, ""));
  }

  @Test
  void itShouldGoOnWhereItWasStopped() {
    for (int i = 0; i < 35; i++) {
      ThreadId thread = ThreadId.of("t%02d".formatted(i));
      thread(thread);
      upload("ada/" + thread + "/gone");
    }
    run(new Treatment(Set.of(), Duration.ZERO));
    List<Finding> whole = List.copyOf(findings);
    assertThat(whole).hasSize(35);
    List<Checkup> stops = List.copyOf(reached);
    assertThat(stops).hasSizeGreaterThan(3);

    for (Checkup stop : stops) {
      findings.clear();
      Checkup end =
          await(
              new Doctor(store, Optional.of(files), BlobKeys.withoutPrefix(), clock)
                  .run(new Treatment(Set.of(), Duration.ZERO), stop, observer()));

      assertThat(end).isEqualTo(stops.get(stops.size() - 1));
      assertThat(findings).isEqualTo(stop.phase() == Checkup.Phase.DONE ? List.of() : whole);
    }
  }

  @Test
  void itShouldNotGoOnBehindWhatWaitsToBeDecided() {
    for (int i = 0; i < 35; i++) {
      thread(ThreadId.of("t%02d".formatted(i)));
    }
    element(ThreadId.of("t00"), "lost", BlobKey.of("ada/t00/lost"));
    element(ThreadId.of("t25"), "kept", upload("ada/t25/kept"));

    run(REPAIR);

    assertThat(underWay).extracting(Checkup::threads).containsExactly(10L, 20L);
    assertThat(reached).extracting(Checkup::threads).containsExactly(30L, 35L, 35L);
    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.LOST_FILE, Outcome.MENDED));
  }

  @Test
  void whereNothingIsMendedNothingShouldWait() {
    for (int i = 0; i < 35; i++) {
      thread(ThreadId.of("t%02d".formatted(i)));
    }
    element(ThreadId.of("t00"), "lost", BlobKey.of("ada/t00/lost"));

    run(new Treatment(Set.of(), Duration.ZERO));

    assertThat(underWay).isEmpty();
    assertThat(reached).extracting(Checkup::threads).startsWith(10L, 20L);
    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.LOST_FILE, Outcome.REPORTED));
  }

  @Test
  void withoutFilesOnlyTheStoreShouldBeChecked() {
    thread(THREAD);
    element(THREAD, "e", BlobKey.of("ada/t/e"));

    Checkup end =
        await(
            new Doctor(store, Optional.empty(), BlobKeys.withoutPrefix(), clock)
                .run(ALL, Checkup.beginning(), observer()));

    assertThat(end.phase()).isEqualTo(Checkup.Phase.DONE);
    assertThat(findings).isEmpty();
  }

  @Test
  void aListThatCannotBeReadShouldFailTheRun() {
    DelegatingBlobStore away =
        new DelegatingBlobStore(files) {
          @Override
          public CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
            return CompletableFuture.failedStage(
                new DataLayerException(ErrorCode.UNAVAILABLE, "away"));
          }
        };
    Doctor doctor = new Doctor(store, Optional.of(away), BlobKeys.withoutPrefix(), clock);

    Await.refused(
        ErrorCode.UNAVAILABLE, "away", () -> doctor.run(ALL, Checkup.beginning(), observer()));
  }

  private Checkup run(Treatment treatment) {
    return await(
        new Doctor(store, Optional.of(files), BlobKeys.withoutPrefix(), clock)
            .run(treatment, Checkup.beginning(), observer()));
  }

  private Checkup.Observer observer() {
    return new Checkup.Observer() {
      @Override
      public void found(Finding finding) {
        findings.add(finding);
      }

      @Override
      public void underWay(Checkup checkup) {
        underWay.add(checkup);
      }

      @Override
      public void reached(Checkup checkup) {
        reached.add(checkup);
      }
    };
  }

  private void thread(ThreadId id) {
    await(store.threads().create(ChatThread.builder().id(id).userId(Fixture.ADA).build()));
  }

  private void element(ThreadId thread, String id, BlobKey file) {
    element(thread, id, Optional.of(file));
  }

  private void element(ThreadId thread, String id, Optional<BlobKey> file) {
    await(
        store
            .elements()
            .upsert(
                Element.builder().threadId(thread).id(ElementId.of(id)).objectKey(file).build()));
  }

  private Element find(ThreadId thread, String id) {
    return await(store.elements().find(thread, ElementId.of(id))).orElseThrow();
  }

  private BlobKey upload(String key) {
    await(
        files.upload(
            BlobKey.of(key), ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), UploadOptions.of("a/b")));
    return BlobKey.of(key);
  }

  private List<BlobKey> keys() {
    return await(files.list("", Optional.empty())).items().stream().map(BlobEntry::key).toList();
  }
}
