package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.BY_ADA;
import static dev.threadkeep.application.Fixture.QUESTION;
import static dev.threadkeep.application.Fixture.SERVICE;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.PartialFailureException;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadServiceTest {
  private static final BlobKey KEY = BlobKey.of("ada/trip/map");

  private final Fixture fixture = new Fixture();
  private final ChatServices chat = fixture.chat;

  @Test
  void putShouldMergeIntoAThreadOfTheCaller() {
    await(
        chat.threads()
            .update(
                BY_ADA,
                TRIP,
                Patch.set(ThreadAttributes.METADATA, JsonObject.of("a", JsonValue.of(1)))));

    ChatThread merged =
        await(
            chat.threads()
                .put(
                    BY_ADA,
                    ChatThread.builder()
                        .id(TRIP)
                        .name("")
                        .metadata(JsonObject.of("b", JsonValue.of(2)))
                        .build()));

    assertThat(merged.name()).contains("Trip");
    assertThat(merged.metadata().orElseThrow().members()).containsOnlyKeys("a", "b");
  }

  @Test
  void putShouldChangeNothingWhenItSaysNothing() {
    ChatThread before = await(chat.threads().get(BY_ADA, TRIP));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(await(chat.threads().put(BY_ADA, ChatThread.builder().id(TRIP).build())))
        .isEqualTo(before);
  }

  @Test
  void row04_onlyMessagesShouldMoveAThreadToTheTop() {
    ThreadId later = addLaterThread();
    fixture.clock.advance(Duration.ofHours(1));

    await(chat.threads().update(BY_ADA, TRIP, Patch.set(ThreadAttributes.NAME, "Renamed")));
    await(chat.threads().load(BY_ADA, TRIP));
    await(
        chat.steps()
            .put(
                BY_ADA,
                Step.builder().threadId(TRIP).id(StepId.of("r")).type(StepType.RUN).build()));
    await(
        chat.steps()
            .update(
                BY_ADA,
                TRIP,
                QUESTION,
                Patch.set(StepAttributes.METADATA, JsonObject.of("favorite", JsonValue.of(true)))));
    assertThat(fixture.listed()).containsExactly(later.value(), TRIP.value());

    await(chat.steps().put(BY_ADA, Step.assistantMessage(TRIP, StepId.of("a"), "Rome")));
    assertThat(fixture.listed()).containsExactly(TRIP.value(), later.value());
  }

  @Test
  void row04_editingAMessageShouldMoveItsThread() {
    ThreadId later = addLaterThread();
    fixture.clock.advance(Duration.ofHours(1));

    await(chat.steps().update(BY_ADA, TRIP, QUESTION, Patch.set(StepAttributes.OUTPUT, "Where?")));

    assertThat(fixture.listed()).containsExactly(TRIP.value(), later.value());
  }

  @Test
  void row04_editingAMessageAmongOthersShouldMoveItsThread() {
    ThreadId later = addLaterThread();
    fixture.clock.advance(Duration.ofHours(1));
    Step.Builder edited = Step.builder().threadId(TRIP).id(QUESTION);

    await(chat.steps().putAll(BY_ADA, TRIP, List.of(edited.name("Ada").build())));
    assertThat(fixture.listed()).containsExactly(later.value(), TRIP.value());

    await(chat.steps().putAll(BY_ADA, TRIP, List.of(edited.output("Where?").build())));
    assertThat(fixture.listed()).containsExactly(TRIP.value(), later.value());
  }

  @Test
  void movesShouldBeCoalesced() {
    fixture.clock.advance(Duration.ofHours(1));
    await(chat.steps().put(BY_ADA, Step.userMessage(TRIP, StepId.of("1"), "moves")));
    String moved = updatedAt();

    fixture.clock.advance(Duration.ofMinutes(4));
    await(chat.steps().put(BY_ADA, Step.userMessage(TRIP, StepId.of("2"), "does not")));
    assertThat(updatedAt()).isEqualTo(moved);

    fixture.clock.advance(Duration.ofMinutes(1));
    await(chat.steps().put(BY_ADA, Step.userMessage(TRIP, StepId.of("3"), "moves again")));
    assertThat(updatedAt()).isGreaterThan(moved);
  }

  @Test
  void row11_listDetailedShouldGiveAllOfAThread() {
    await(chat.threads().update(BY_ADA, TRIP, Patch.set(ThreadAttributes.TAGS, List.of("x"))));

    Page<DetailedThread> page =
        await(chat.threads().listDetailed(BY_ADA, ADA, ThreadFilter.all(), PageRequest.first(10)));

    assertThat(page.items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.summary().name()).contains("Trip");
              assertThat(item.thread().orElseThrow().tags().orElseThrow()).containsExactly("x");
              assertThat(item.thread().orElseThrow().userId()).contains(ADA);
            });
  }

  @Test
  void row24_deleteShouldTakeTheFilesAlong() {
    addElementWithFile(Optional.of(QUESTION));

    await(chat.threads().delete(BY_ADA, TRIP));

    assertThat(await(fixture.files.find(KEY))).isEmpty();
    assertNotFound(() -> await(chat.threads().load(BY_ADA, TRIP)));
    assertNotFound(() -> await(chat.threads().delete(BY_ADA, TRIP)));
  }

  @Test
  void row27_theServiceShouldDeleteWhatHasNoThread() {
    ThreadId gone = ThreadId.of("gone");
    await(chat.steps().put(SERVICE, Step.userMessage(gone, StepId.of("s"), "left")));

    await(chat.threads().delete(SERVICE, gone));

    assertNotFound(() -> await(chat.steps().get(SERVICE, gone, StepId.of("s"))));
  }

  @Test
  void row33_everyReadShouldSignTheUrl() {
    addElementWithFile(Optional.empty());

    assertThat(await(chat.elements().get(BY_ADA, TRIP, ElementId.of("map"))).url())
        .contains("https://files.test/ada/trip/map?signed");
    assertThat(await(chat.threads().load(BY_ADA, TRIP)).elements())
        .extracting(element -> element.url().orElseThrow())
        .containsExactly("https://files.test/ada/trip/map?signed");
    assertThat(await(fixture.store.elements().find(TRIP, ElementId.of("map"))).orElseThrow().url())
        .as("a signed address is never stored")
        .isEmpty();
  }

  @Test
  void row25_deletingAnElementShouldTakeItsFile() {
    addElementWithFile(Optional.empty());

    assertNotFound(
        () -> await(chat.elements().delete(SERVICE, ThreadId.of("other"), ElementId.of("map"))));
    assertThat(await(fixture.files.find(KEY))).isPresent();

    await(chat.elements().delete(BY_ADA, TRIP, ElementId.of("map")));
    assertThat(await(fixture.files.find(KEY))).isEmpty();
  }

  @Test
  void aDeleteWhoseFilesCannotBeRemovedShouldKeepTheThreadAndBeRepeatable() {
    addElementWithFile(Optional.of(QUESTION));
    AtomicBoolean away = new AtomicBoolean(true);
    BlobStore stubborn =
        new DelegatingBlobStore(fixture.files) {
          @Override
          public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
            DataLayerException error = new DataLayerException(ErrorCode.UNAVAILABLE, "away");
            return away.get()
                ? CompletableFuture.completedStage(
                    keys.stream().map(it -> new WriteResult<>(it, Optional.of(error))).toList())
                : super.deleteAll(keys);
          }
        };
    ThreadRemoval removal = new ThreadRemoval(fixture.store.threads(), Optional.of(stubborn));

    DataLayerException failure = Await.failure(() -> removal.remove(TRIP));

    assertThat(failure)
        .isInstanceOf(PartialFailureException.class)
        .hasMessage("thread trip is not gone: 1 files are left; repeat it");
    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(fixture.listed()).containsExactly(TRIP.value());

    away.set(false);
    assertThat(await(removal.remove(TRIP))).isTrue();
    assertThat(await(fixture.files.find(KEY))).isEmpty();
    assertThat(fixture.listed()).isEmpty();
    assertThat(await(removal.remove(TRIP))).isFalse();
  }

  @Test
  void row26_deletingAStepShouldTakeItsElementsAndFiles() {
    addElementWithFile(Optional.of(QUESTION));

    await(chat.steps().delete(BY_ADA, TRIP, QUESTION));

    assertThat(await(fixture.files.find(KEY))).isEmpty();
    assertThat(await(chat.threads().load(BY_ADA, TRIP)))
        .returns(List.of(), conversation -> conversation.elements())
        .returns(List.of(), conversation -> conversation.steps());
    assertNotFound(() -> await(chat.steps().delete(BY_ADA, TRIP, QUESTION)));
  }

  private ThreadId addLaterThread() {
    fixture.clock.advance(Duration.ofMinutes(10));
    ThreadId later = ThreadId.of("later");
    await(chat.threads().put(BY_ADA, ChatThread.builder().id(later).build()));
    assertThat(fixture.listed()).containsExactly(later.value(), TRIP.value());
    return later;
  }

  private void addElementWithFile(Optional<StepId> step) {
    await(
        fixture.files.upload(
            KEY, ByteBuffer.wrap(new byte[] {1, 2, 3}), UploadOptions.of("image/png")));
    await(
        fixture
            .store
            .elements()
            .upsert(
                Element.builder()
                    .threadId(TRIP)
                    .id(ElementId.of("map"))
                    .stepId(step)
                    .objectKey(KEY)
                    .build()));
  }

  private String updatedAt() {
    return await(fixture.store.threads().list(ADA, ThreadFilter.all(), PageRequest.first(1)))
        .items()
        .get(0)
        .updatedAt()
        .text();
  }
}
