package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.BOB;
import static dev.threadkeep.application.Fixture.BY_ADA;
import static dev.threadkeep.application.Fixture.SERVICE;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertFails;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ElementType;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.ElementRepository;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Files of elements: who stores them, in which order, and what is left when it fails. */
class ElementContentTest {
  private static final ElementId PICTURE = ElementId.of("picture");
  private static final BlobKey KEY = BlobKey.of("ada/trip/picture");

  private final Fixture fixture = new Fixture();
  private final ElementService elements = fixture.chat.elements();

  private static Upload upload(String mime, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Upload(mime, OptionalLong.of(bytes.length), Chunks.of(bytes, 3));
  }

  /** Fails the test when it is read. */
  private static Upload unread() {
    return new Upload(
        "image/png",
        OptionalLong.empty(),
        subscriber -> {
          throw new AssertionError("nobody may read this");
        });
  }

  private String content(BlobKey key) {
    return new String(
        await(
            ByteCollector.subscribe(await(fixture.chat.files().read(key, ByteRange.ALL)).bytes())
                .bytes()),
        StandardCharsets.UTF_8);
  }

  private Element stored(ThreadId thread, ElementId id) {
    return await(fixture.store.elements().find(thread, id)).orElseThrow();
  }

  @Test
  void putContentShouldCreateAnElementWithItsFile() {
    Element element =
        await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "bytes")));

    assertThat(element.objectKey()).contains(KEY);
    assertThat(element.mime()).contains("image/png");
    assertThat(element.type()).contains(ElementType.IMAGE);
    assertThat(element.url()).contains("https://files.test/ada/trip/picture?signed");
    assertThat(stored(TRIP, PICTURE).url()).isEmpty();
    assertThat(content(KEY)).isEqualTo("bytes");
    assertThat(await(fixture.chat.files().find(KEY)).mime()).isEqualTo("image/png");
    assertThat(disposition()).contains("inline");
    assertThat(await(elements.getWithFile(BY_ADA, TRIP, PICTURE)).objectKey()).contains(KEY);
  }

  @Test
  void putContentShouldKeepWhatTheElementSaysOfItself() {
    await(
        elements.put(
            BY_ADA,
            Element.builder()
                .threadId(TRIP)
                .id(PICTURE)
                .type(ElementType.PLOTLY)
                .name("sales \"2026\".json")
                .stepId(StepId.of("question"))
                .build()));

    Element element =
        await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("application/json", "{}")));

    assertThat(element.type()).contains(ElementType.PLOTLY);
    assertThat(element.name()).contains("sales \"2026\".json");
    assertThat(element.stepId()).contains(StepId.of("question"));
    assertThat(disposition())
        .contains(
            "attachment; filename=\"sales _2026_.json\";"
                + " filename*=UTF-8''sales%20%222026%22.json");
  }

  @Test
  void elementWithoutATypeShouldGetTheOneOfItsFile() {
    await(elements.put(BY_ADA, Element.builder().threadId(TRIP).id(PICTURE).name("x").build()));

    assertThat(await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("audio/ogg", ""))).type())
        .contains(ElementType.AUDIO);
  }

  @Test
  void putContentShouldReplaceTheFile() {
    await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "one")));
    String before = await(fixture.chat.files().find(KEY)).version();

    Element second = await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/gif", "two")));

    assertThat(second.mime()).contains("image/gif");
    assertThat(content(KEY)).isEqualTo("two");
    assertThat(await(fixture.chat.files().find(KEY)).version()).isNotEqualTo(before);
  }

  @Test
  void serviceShouldPutContentBeforeThereIsAThread() {
    ThreadId thread = Fresh.thread();

    Element element =
        await(elements.putContent(SERVICE, thread, PICTURE, upload("text/plain", "early")));

    assertThat(element.objectKey()).contains(BlobKey.of("unknown/" + thread + "/picture"));
  }

  @Test
  void serviceShouldStoreUnderTheOwnerOfTheThread() {
    await(elements.putContent(SERVICE, TRIP, PICTURE, upload("text/plain", "x")));

    assertThat(content(KEY)).isEqualTo("x");
  }

  @Test
  void personShouldNotReachTheFilesOfOthers() {
    await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("text/plain", "Ada's")));

    assertNotFound(() -> await(elements.putContent(BOB, TRIP, PICTURE, unread())));
    assertNotFound(() -> await(elements.putContent(BOB, Fresh.thread(), PICTURE, unread())));
    assertNotFound(() -> await(elements.getWithFile(BOB, TRIP, PICTURE)));
    assertThat(content(KEY)).isEqualTo("Ada's");
  }

  @Test
  void elementWithoutAFileShouldHaveNone() {
    await(elements.put(BY_ADA, Element.builder().threadId(TRIP).id(PICTURE).build()));

    assertNotFound(() -> await(elements.getWithFile(BY_ADA, TRIP, PICTURE)));
    assertNotFound(() -> await(elements.getWithFile(BY_ADA, TRIP, ElementId.of("none"))));
    assertNotFound(() -> await(fixture.chat.files().find(KEY)));
    assertNotFound(() -> await(fixture.chat.files().read(KEY, ByteRange.ALL)));
  }

  @Test
  void nothingShouldBeReadForABadIdOrType() {
    assertFails(
        ErrorCode.INVALID,
        () -> await(elements.putContent(SERVICE, TRIP, ElementId.of("a\nb"), unread())));
    assertFails(
        ErrorCode.TOO_LARGE,
        () -> await(elements.putContent(SERVICE, TRIP, ElementId.of("x".repeat(257)), unread())));
    assertFails(
        ErrorCode.INVALID,
        () ->
            await(
                elements.putContent(
                    SERVICE,
                    TRIP,
                    PICTURE,
                    new Upload("é/x", OptionalLong.empty(), unread().content()))));
  }

  @Test
  void fileUnderAnotherKeyShouldGo() {
    BlobKey old = BlobKey.of("elsewhere/picture");
    await(fixture.files.upload(old, ByteBuffer.allocate(3), UploadOptions.of("image/png")));
    await(
        fixture
            .store
            .elements()
            .upsert(Element.builder().threadId(TRIP).id(PICTURE).objectKey(old).build()));

    Element element = await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "x")));

    assertThat(element.objectKey()).contains(KEY);
    assertThat(await(fixture.files.find(old))).isEmpty();
  }

  @Test
  void nothingShouldChangeWhenTheFileDoesNotArrive() {
    Upload broken =
        new Upload(
            "text/plain",
            OptionalLong.empty(),
            Chunks.failing(
                "half".getBytes(StandardCharsets.UTF_8),
                2,
                new DataLayerException(ErrorCode.TOO_LARGE, "content: too large")));

    assertFails(
        ErrorCode.TOO_LARGE, () -> await(elements.putContent(BY_ADA, TRIP, PICTURE, broken)));
    assertThat(await(fixture.store.elements().find(TRIP, PICTURE))).isEmpty();
    assertThat(await(fixture.files.find(KEY))).isEmpty();

    await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "whole")));
    Upload cutOff = new Upload("text/plain", OptionalLong.of(9), upload("", "four").content());
    assertFails(ErrorCode.INVALID, () -> await(elements.putContent(BY_ADA, TRIP, PICTURE, cutOff)));
    assertThat(stored(TRIP, PICTURE).mime()).contains("image/png");
    assertThat(content(KEY)).isEqualTo("whole");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      mode = Mode.EXCLUDE,
      names = {"OUTCOME_UNKNOWN", "CORRUPT"})
  void fileShouldGoWhenItsElementIsNotWritten(ErrorCode code) {
    assertFails(
        code,
        () -> await(failingWith(code).putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "x"))));

    assertThat(await(fixture.files.find(KEY))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"OUTCOME_UNKNOWN", "CORRUPT"})
  void fileShouldStayWhenItsElementMayBeWritten(ErrorCode code) {
    assertFails(
        code,
        () -> await(failingWith(code).putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "x"))));

    assertThat(content(KEY)).isEqualTo("x");
  }

  @Test
  void fileThatTheElementHadShouldStayWhenItIsNotWritten() {
    await(elements.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "one")));

    assertFails(
        ErrorCode.THROTTLED,
        () ->
            await(
                failingWith(ErrorCode.THROTTLED)
                    .putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "two"))));

    assertThat(content(KEY)).isEqualTo("two");
  }

  /** Both find no element; the one that fails must not take the file of the other. */
  @Test
  void fileOfAnElementThatSomebodyElseStoredMeanwhileShouldStay() {
    ElementService other =
        with(
            new DelegatingElements(fixture.store.elements()) {
              @Override
              public CompletionStage<Element> upsert(Element element) {
                return super.upsert(element)
                    .thenCompose(
                        written ->
                            CompletableFuture.failedStage(
                                new DataLayerException(ErrorCode.THROTTLED, "slow down")));
              }
            },
            BlobKeys.withoutPrefix());

    assertFails(
        ErrorCode.THROTTLED,
        () -> await(other.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "x"))));

    assertThat(content(KEY)).isEqualTo("x");
  }

  @Test
  void keysShouldBeginWithThePrefix() {
    ElementService prefixed = with(fixture.store.elements(), new BlobKeys("chat/"));

    assertThat(
            await(prefixed.putContent(BY_ADA, TRIP, PICTURE, upload("image/png", "x"))).objectKey())
        .contains(BlobKey.of("chat/ada/trip/picture"));
  }

  @Test
  void withoutAStoreContentShouldNotBeConfigured() {
    ChatServices none = ChatServices.of(fixture.store, Optional.empty());

    for (CompletionStage<?> stage :
        List.of(
            none.elements().putContent(BY_ADA, TRIP, PICTURE, unread()),
            none.files().find(KEY),
            none.files().read(KEY, ByteRange.ALL),
            none.files().address(KEY))) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> stage.toCompletableFuture().join())
          .withCauseInstanceOf(NotConfiguredException.class);
    }
    assertThat(await(fixture.store.elements().find(TRIP, PICTURE))).isEmpty();
  }

  private ElementService with(ElementRepository repository, BlobKeys keys) {
    return new ElementService(
        repository,
        new Ownership(fixture.store.threads(), Retention.none()),
        new Files(Optional.of(fixture.files)),
        keys);
  }

  /** Elements that cannot be written. */
  private ElementService failingWith(ErrorCode code) {
    return with(
        new DelegatingElements(fixture.store.elements()) {
          @Override
          public CompletionStage<Element> upsert(Element element) {
            return CompletableFuture.failedStage(new DataLayerException(code, "not now"));
          }
        },
        BlobKeys.withoutPrefix());
  }

  /** Another repository, of which a test overrides what it is about. */
  private static class DelegatingElements implements ElementRepository {
    private final ElementRepository elements;

    DelegatingElements(ElementRepository elements) {
      this.elements = elements;
    }

    @Override
    public CompletionStage<Optional<Element>> find(ThreadId thread, ElementId id) {
      return elements.find(thread, id);
    }

    @Override
    public CompletionStage<Element> upsert(Element element) {
      return elements.upsert(element);
    }

    @Override
    public CompletionStage<Optional<Element>> delete(ThreadId thread, ElementId id) {
      return elements.delete(thread, id);
    }

    @Override
    public CompletionStage<List<Element>> listOfStep(ThreadId thread, StepId step) {
      return elements.listOfStep(thread, step);
    }
  }

  private Optional<String> disposition() {
    return await(fixture.files.find(KEY)).flatMap(BlobInfo::disposition);
  }
}
