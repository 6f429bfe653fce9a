package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.threadkeep.application.Copy.Mode;
import dev.threadkeep.application.Copy.Side;
import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {
  private final Place source = new Place();
  private final Place target = new Place();
  private final List<Difference> differences = new ArrayList<>();
  private final List<CopyProgress> reached = new ArrayList<>();

  CopyTest() {
    source.fill();
  }

  @Test
  void everythingShouldArriveAsItIs() {
    CopyTally tally = copy();

    assertThat(target.everything()).isEqualTo(source.everything()).hasSizeGreaterThan(50);
    assertThat(target.lists()).isEqualTo(source.lists());
    assertThat(differences).isEmpty();
    assertThat(tally).isEqualTo(new CopyTally(tally.source(), tally.source(), tally.source(), 0));
    assertThat(tally.source()).isEqualTo(new Amounts(13, 14, 40, 5, 3, 210_003));
  }

  @Test
  void copyingAgainShouldWriteNothingAndCheckEverything() {
    CopyTally first = copy();
    reached.clear();

    CopyTally second = run(source.side(), interrupted(new Interruption(0, false)), Mode.COPY);

    assertThat(second).isEqualTo(new CopyTally(first.source(), Amounts.NONE, first.source(), 0));
    assertThat(reached).last().extracting(CopyProgress::phase).isEqualTo(CopyProgress.Phase.DONE);
  }

  /** What a process leaves that is killed at its n-th write, before or after it is done. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCopyThatIsInterruptedAnywhereShouldEndAsIfItNeverWere(boolean isLastDone) {
    Place once = new Place();
    Interruption all = Interruption.never();
    run(source.side(), interrupted(once, all), Mode.COPY);
    assertThat(all.done()).isGreaterThan(70);

    for (int writes = 0; writes < all.done(); writes++) {
      Place stopped = new Place();
      Interruption interruption = new Interruption(writes, isLastDone);
      Copy copy = copy(source.side(), interrupted(stopped, interruption), Mode.COPY);
      assertThat(Await.failure(() -> copy.run(CopyProgress.beginning())).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);

      CopyTally tally = run(source.side(), stopped.side(), Mode.COPY);

      assertThat(stopped.everything()).as("after %d", writes).isEqualTo(once.everything());
      assertThat(stopped.lists()).isEqualTo(once.lists());
      assertThat(tally.target()).isEqualTo(tally.source());
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void aCopyShouldGoOnWhereItCameTo() {
    Copy copy = copy(source.side(), interrupted(new Interruption(60, false)), Mode.COPY);
    Await.failure(() -> copy.run(CopyProgress.beginning()));
    CopyProgress last = reached.get(reached.size() - 1);
    assertThat(last.phase()).isEqualTo(CopyProgress.Phase.THREADS);
    assertThat(last.after()).isPresent();
    int before = differences.size();
    reached.clear();

    CopyTally tally = await(copy(source.side(), target.side(), Mode.COPY).run(last)).tally();

    assertThat(tally.source()).isEqualTo(copyTo(new Place()).source());
    assertThat(tally.target()).isEqualTo(tally.source());
    assertThat(target.everything()).isEqualTo(source.everything());
    assertThat(differences).hasSize(before);
    assertThat(reached.get(0).done()).as("not from the beginning").isGreaterThan(last.done());
  }

  @Test
  void theProgressShouldCountUpToWhatIsPlanned() {
    copy();

    assertThat(reached).last().satisfies(end -> assertThat(end.done()).isEqualTo(end.planned()));
    assertThat(reached).extracting(CopyProgress::done).isSorted();
    assertThat(reached.get(reached.size() - 1).planned()).isEqualTo(62);
  }

  @Test
  void aStepThatIsAnotherOneThereShouldStayAndBeTold() {
    copy();
    Step other =
        await(
            target
                .data
                .steps()
                .update(Place.TRIP, StepId.of("s0"), Patch.set(StepAttributes.OUTPUT, "other")));
    Step added = Step.userMessage(Place.TRIP, StepId.of("new"), "new");
    await(source.data.steps().upsert(added));

    CopyTally tally = copy();

    assertThat(differences)
        .containsExactly(new Difference(Kind.CONFLICT, "step s0 of thread trip", ""));
    assertThat(tally.differences()).isEqualTo(1);
    assertThat(tally.copied().count()).isEqualTo(1);
    assertThat(await(target.data.steps().find(Place.TRIP, StepId.of("s0")))).contains(other);
    assertThat(await(target.data.steps().find(Place.TRIP, added.id()))).isPresent();
  }

  @Test
  void aUserThatIsAnotherOneThereShouldStayAndBeTold() {
    User other = await(target.data.users().upsert(User.builder().id(Place.ADA).build()));

    copy();

    assertThat(differences).containsExactly(new Difference(Kind.CONFLICT, "user ada", ""));
    assertThat(await(target.data.users().find(Place.ADA))).contains(other);
  }

  @Test
  void aThreadThatWasChangedThereShouldStayAndWhatItLacksBeAdded() {
    copy();
    await(target.data.threads().update(Place.TRIP, Patch.set(ThreadAttributes.NAME, "changed")));
    await(source.data.steps().upsert(Step.userMessage(Place.TRIP, StepId.of("new"), "new")));

    copy();

    assertThat(differences).containsExactly(new Difference(Kind.CONFLICT, "thread trip", ""));
    assertThat(await(target.data.threads().find(Place.TRIP)).orElseThrow().name())
        .contains("changed");
    assertThat(await(target.data.steps().find(Place.TRIP, StepId.of("new")))).isPresent();
  }

  @Test
  void nothingShouldBeAddedToAThreadOfSomebodyElse() {
    ChatThread bobs =
        ChatThread.builder().id(Place.TRIP).userId(UserId.of("bob")).name("Bob's").build();
    await(target.data.threads().create(bobs));
    await(target.data.threads().create(ChatThread.builder().from(bobs).id(Place.ORPHANED).build()));

    CopyTally tally = copy();

    assertThat(differences)
        .extracting(Difference::kind, Difference::what)
        .containsExactlyInAnyOrder(
            tuple(Kind.CONFLICT, "thread trip"), tuple(Kind.CONFLICT, "thread orphaned"));
    assertThat(await(target.data.threads().load(Place.TRIP)).orElseThrow().steps()).isEmpty();
    assertThat(await(target.data.threads().load(Place.ORPHANED)).orElseThrow().steps()).isEmpty();
    assertThat(await(target.files.find(Place.PICTURE))).as("nothing refers to it").isEmpty();
    assertThat(tally.source().steps()).as("it is read nevertheless").isEqualTo(40);
  }

  @Test
  void whatOnlyTheTargetHasShouldBeTold() {
    copy();
    await(target.data.users().upsert(User.builder().id(UserId.of("eve")).build()));
    ThreadId extra = ThreadId.of("extra");
    await(target.data.threads().create(ChatThread.builder().id(extra).build()));
    await(target.data.steps().upsert(Step.userMessage(extra, StepId.of("s"), "x")));
    await(target.data.steps().upsert(Step.userMessage(Place.TRIP, StepId.of("more"), "x")));

    CopyTally tally = copy();

    assertThat(differences)
        .extracting(Difference::kind, Difference::what)
        .containsExactly(
            tuple(Kind.ONLY_AT_TARGET, "step more of thread trip"),
            tuple(Kind.ONLY_AT_TARGET, "user eve"),
            tuple(Kind.ONLY_AT_TARGET, "thread extra"));
    assertThat(tally.target().users()).isEqualTo(tally.source().users() + 1);
    assertThat(tally.target().threads()).isEqualTo(tally.source().threads() + 1);
    assertThat(tally.target().steps()).isEqualTo(tally.source().steps() + 2);
  }

  @Test
  void anElementShouldBeCopiedWithoutAFileThatIsLost() {
    await(source.files.delete(Place.PICTURE));

    CopyTally tally = copy();

    assertThat(differences)
        .containsExactly(
            new Difference(
                Kind.LOST_FILE,
                "element picture of thread trip, file ada/trip/picture",
                "it is missing"));
    assertThat(target.everything()).isEqualTo(source.everything());
    assertThat(tally.target().files()).isEqualTo(2);
  }

  @Test
  void withoutFilesElementsShouldBeCopiedAndTheirFilesTold() {
    Side noFiles = new Side(target.data, Optional.empty(), target.keys);

    run(source.side(), noFiles, Mode.COPY);

    assertThat(differences)
        .hasSize(3)
        .allSatisfy(
            it -> assertThat(it.reason()).isEqualTo("no files are configured at the target"));
    assertThat(await(target.data.threads().load(Place.TRIP)).orElseThrow().elements()).hasSize(4);
  }

  @Test
  void anotherFileUnderTheKeyShouldStayAndNothingReferToIt() {
    upload(target.files, "other");

    copy();

    assertThat(differences)
        .containsExactly(
            new Difference(
                Kind.CONFLICT, "element picture of thread trip, file ada/trip/picture", ""));
    assertThat(await(target.data.elements().find(Place.TRIP, ElementId.of("picture")))).isEmpty();
    assertThat(target.file(Place.PICTURE)).isEqualTo("image/png Optional.empty other");
  }

  @Test
  void aFileOfAnotherTypeShouldBeAnotherFile() {
    copy();
    await(
        target.files.upload(
            Place.PICTURE,
            ByteBuffer.wrap("png".getBytes(StandardCharsets.UTF_8)),
            UploadOptions.of("image/gif")));

    copy();

    assertThat(differences).extracting(Difference::kind).containsExactly(Kind.CONFLICT);
  }

  @Test
  void keysShouldBeginWithThePrefixOfTheTarget() {
    Side from = new Side(source.data, Optional.of(source.files), new BlobKeys("ada/"));
    Side to = new Side(target.data, Optional.of(target.files), new BlobKeys("new/"));

    run(from, to, Mode.COPY);

    assertThat(differences).isEmpty();
    assertThat(key("picture")).contains(BlobKey.of("new/trip/picture"));
    assertThat(key("elsewhere")).contains(BlobKey.of("new/ada/trip/elsewhere"));
    assertThat(target.file(BlobKey.of("new/ada/trip/elsewhere"))).startsWith("text/plain");
    assertThat(run(from, to, Mode.COPY).copied()).isEqualTo(Amounts.NONE);
  }

  @Test
  void aRehearsalShouldWriteNothingAndTellWhatACopyWould() {
    await(target.data.users().upsert(User.builder().id(Place.ADA).build()));
    upload(target.files, "other");
    List<String> before = target.everything();

    CopyTally rehearsed =
        run(source.side(), interrupted(new Interruption(0, false)), Mode.REHEARSAL);

    assertThat(target.everything()).isEqualTo(before);
    List<Difference> told = List.copyOf(differences);
    differences.clear();
    CopyTally copied = copy();
    assertThat(rehearsed.copied()).isEqualTo(copied.copied());
    assertThat(rehearsed.source()).isEqualTo(copied.source());
    assertThat(differences).hasSize(2).isEqualTo(told);
  }

  @Test
  void whatTheTargetRefusesShouldBeToldAndNotStopTheRest() {
    DataStore strict =
        Interruption.restoring(
            target.data,
            item ->
                item instanceof StoredItem.OfStep step && step.step().id().value().equals("s11")
                    ? CompletableFuture.failedStage(
                        new DataLayerException(ErrorCode.TOO_LARGE, "output: 9 bytes"))
                    : target.data.transfer().restore(item));

    CopyTally tally =
        run(source.side(), new Side(strict, Optional.of(target.files), target.keys), Mode.COPY);

    assertThat(differences)
        .containsExactly(
            new Difference(Kind.REFUSED, "step s11 of thread trip", "output: 9 bytes"));
    assertThat(tally.target().steps()).isEqualTo(tally.source().steps() - 1);
  }

  @Test
  void whatIsWrittenWrongShouldBeFound() {
    DataStore forgetful =
        Interruption.restoring(
            target.data,
            item ->
                target
                    .data
                    .transfer()
                    .restore(
                        item instanceof StoredItem.OfStep step
                            ? new StoredItem.OfStep(
                                Step.builder().from(step.step()).output("wrong").build(),
                                step.feedbackPlace())
                            : item));

    run(source.side(), new Side(forgetful, Optional.of(target.files), target.keys), Mode.COPY);

    assertThat(differences)
        .hasSize(40)
        .allSatisfy(it -> assertThat(it.kind()).isEqualTo(Kind.NOT_ARRIVED));
  }

  @Test
  void aFileThatIsWrittenWrongShouldBeFound() {
    BlobStore careless =
        new DelegatingBlobStore(target.files) {
          @Override
          public CompletionStage<Long> upload(
              BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
            return super.upload(key, content, options)
                .thenCompose(
                    size ->
                        super.upload(
                            key,
                            ByteBuffer.allocate(size.intValue()),
                            UploadOptions.of(options.mime())));
          }
        };

    run(source.side(), new Side(target.data, Optional.of(careless), target.keys), Mode.COPY);

    assertThat(differences)
        .as("the third one is empty")
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.kind()).isEqualTo(Kind.NOT_ARRIVED));
  }

  private CopyTally copy() {
    return copyTo(target);
  }

  private CopyTally copyTo(Place place) {
    return run(source.side(), place.side(), Mode.COPY);
  }

  private CopyTally run(Side from, Side to, Mode mode) {
    return await(copy(from, to, mode).run(CopyProgress.beginning())).tally();
  }

  private Copy copy(Side from, Side to, Mode mode) {
    return new Copy(
        from,
        to,
        mode,
        new Copy.Observer() {
          @Override
          public void found(Difference difference) {
            differences.add(difference);
          }

          @Override
          public void underWay(CopyProgress progress) {}

          @Override
          public void reached(CopyProgress progress) {
            reached.add(progress);
          }
        });
  }

  private Side interrupted(Interruption interruption) {
    return interrupted(target, interruption);
  }

  private static Side interrupted(Place place, Interruption interruption) {
    return new Side(
        interruption.of(place.data), Optional.of(interruption.of(place.files)), place.keys);
  }

  private Optional<BlobKey> key(String element) {
    return await(target.data.elements().find(Place.TRIP, ElementId.of(element)))
        .flatMap(Element::objectKey);
  }

  private static void upload(BlobStore files, String text) {
    await(
        files.upload(
            Place.PICTURE,
            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
            UploadOptions.of("image/png")));
  }
}
