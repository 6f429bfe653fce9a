package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ElementType;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link dev.threadkeep.domain.port.ElementRepository} does. */
public interface ElementRepositoryContract extends StoreContract {
  @Test
  default void findShouldBeEmptyWhenElementIsUnknown() {
    Element element = upsert(element().build());

    assertThat(find(Fresh.thread(), Fresh.element())).isEmpty();
    assertThat(find(element.threadId(), Fresh.element())).isEmpty();
    assertThat(find(Fresh.thread(), element.id())).isEmpty();
  }

  @Test
  default void upsertShouldStoreEveryAttributeAndGiveTheElement() {
    Element element = full();

    Element stored = upsert(element);

    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void row31_anElementWithoutAFileShouldBeStored() {
    Element element =
        element().type(ElementType.CUSTOM).stepId(Fresh.step()).props(Hostile.json()).build();

    Element stored = upsert(element);

    assertThat(stored.objectKey()).isEmpty();
    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void row32_anElementWithoutAStepShouldBeStored() {
    Element element = element().name("picture").objectKey(BlobKey.of("u/t/e")).build();

    Element stored = upsert(element);

    assertThat(stored.stepId()).isEmpty();
    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void absentAttributesShouldStayAbsent() {
    Element element = element().build();

    Element stored = upsert(element);

    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void emptyValuesShouldBeKept() {
    Element element =
        element()
            .name("")
            .display("")
            .url("")
            .mime("")
            .props(JsonObject.empty())
            .page(0L)
            .autoPlay(false)
            .build();

    Element stored = upsert(element);

    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void upsertShouldMergeIntoWhatIsStored() {
    Element element = upsert(full());
    Element change =
        element(element)
            .name("other")
            .mime("")
            .url("")
            .autoPlay(false)
            .page(8L)
            .props(JsonObject.of("b", JsonValue.of(2)))
            .other(JsonObject.of("newer", JsonValue.of(1)).with("future", JsonValue.of("")))
            .build();

    Element stored = upsert(change);

    assertSame(
        stored,
        Element.builder()
            .from(element)
            .name("other")
            .autoPlay(false)
            .page(8L)
            .props(JsonObject.of("b", JsonValue.of(2)))
            .other(element.other().with("newer", JsonValue.of(1)))
            .build());
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void repeatingAnUpsertShouldChangeNothing() {
    Element element = full();
    Element stored = upsert(element);

    assertThat(upsert(element)).isEqualTo(stored);
    assertThat(upsert(element(element).build())).isEqualTo(stored);
    assertThat(find(element)).isEqualTo(stored);
  }

  @Test
  default void valuesOfANewerWriterShouldBeKept() {
    Element stored =
        upsert(
            element().type(ElementType.of("hologram")).display("everywhere").size("huge").build());

    assertThat(find(stored).type()).contains(ElementType.of("hologram"));
    assertThat(find(stored).display()).contains("everywhere");
    assertThat(find(stored).size()).contains("huge");
  }

  @Test
  default void pageShouldBeAnyWholeNumberOf64Bits() {
    for (long page : new long[] {Long.MIN_VALUE, -1, 0, 1, 10, Long.MAX_VALUE}) {
      Element stored = upsert(element().page(page).build());
      assertThat(stored.page()).contains(page);
      assertThat(find(stored)).isEqualTo(stored);
    }
  }

  @Test
  default void row20_hostileJsonShouldComeBackExactly() {
    Element element =
        element()
            .props(Hostile.json())
            .playerConfig(Hostile.json())
            .other(JsonObject.of("future", Hostile.json()).with("😀 a.b#:", JsonValue.of(1)))
            .build();

    Element stored = upsert(element);

    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badNumbers")
  default void row21_aNumberBeyondTheRangeShouldBeRefused(String number) {
    JsonObject bad = JsonObject.of("n", JsonValue.of(new BigDecimal(number)));

    refused(ErrorCode.INVALID, "props.n: number ", element -> element.props(bad));
    refused(ErrorCode.INVALID, "playerConfig.n: number ", element -> element.playerConfig(bad));
  }

  @Test
  default void row22_whatIsTooLargeShouldBeRefusedWithItsSizeAndTheLimit() {
    String name = "x".repeat(Limits.NAME_BYTES + 1);
    JsonObject json = JsonObject.of("a", JsonValue.of("x".repeat(Limits.CONTENT_BYTES + 1)));

    tooLarge("name: 2,049 bytes, at most 2,048", element -> element.name(name));
    tooLarge("type: 2,049 bytes, at most 2,048", element -> element.type(ElementType.of(name)));
    tooLarge("display: 2,049 bytes, at most 2,048", element -> element.display(name));
    tooLarge("size: 2,049 bytes, at most 2,048", element -> element.size(name));
    tooLarge("mime: 2,049 bytes, at most 2,048", element -> element.mime(name));
    tooLarge("language: 2,049 bytes, at most 2,048", element -> element.language(name));
    tooLarge("chainlitKey: 2,049 bytes, at most 2,048", element -> element.chainlitKey(name));
    tooLarge(
        "url: 8,193 bytes, at most 8,192",
        element -> element.url("x".repeat(Limits.URL_BYTES + 1)));
    tooLarge(
        "objectKey: 1,025 bytes, at most 1,024",
        element -> element.objectKey(BlobKey.of("x".repeat(Limits.KEY_BYTES + 1))));
    tooLarge("forId: 2,049 bytes, at most 256", element -> element.stepId(StepId.of(name)));
    tooLarge("props.a: 16,777,217 bytes, at most 16,777,216", element -> element.props(json));
  }

  @Test
  default void upsertShouldRefuseWhatIsNoTextOrNestedTooDeep() {
    String half = "x" + Hostile.HALF_A_CHARACTER;
    JsonObject deep = Hostile.nested(Limits.JSON_DEPTH + 1);

    refused(ErrorCode.INVALID, "name: has an unpaired", element -> element.name(half));
    refused(
        ErrorCode.INVALID,
        "objectKey: has an unpaired",
        element -> element.objectKey(BlobKey.of(half)));
    refused(ErrorCode.INVALID, "props.in[0].in[0]", element -> element.props(deep));
    refused(ErrorCode.INVALID, "playerConfig.in[0].in[0]", element -> element.playerConfig(deep));
    refused(
        ErrorCode.INVALID,
        "future.in[0].in[0]",
        element -> element.other(JsonObject.of("future", deep)));
    refused(
        ErrorCode.INVALID, "type: must not be empty", element -> element.type(ElementType.of("")));
  }

  @Test
  default void row35_reservedNamesShouldNotBeTakenFromUnknownAttributes() {
    for (String name : Hostile.reservedNames(ElementAttributes.SCHEMA)) {
      refused(
          ErrorCode.INVALID,
          name + ": is reserved",
          element -> element.other(JsonObject.of(name, JsonValue.of("mallory"))));
    }
    assertThat(ElementAttributes.SCHEMA.toJson(upsert(full())).members())
        .doesNotContainKeys("PK", "SK");
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  default void hostileIdsShouldBeIdsLikeAnyOther(String id) {
    Element element =
        Element.builder()
            .threadId(ThreadId.of(id))
            .id(ElementId.of(id))
            .stepId(StepId.of(id))
            .objectKey(BlobKey.of(id))
            .build();

    Element stored = upsert(element);

    assertSame(stored, element);
    assertThat(find(element)).isEqualTo(stored);
    assertThat(listOfStep(element.threadId(), StepId.of(id))).containsExactly(stored);
    assertThat(delete(element.threadId(), element.id())).contains(stored);
    assertThat(find(element.threadId(), element.id())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#badIds")
  default void upsertShouldRefuseBadIds(String id) {
    Element valid = element().build();
    for (Element bad :
        List.of(
            Element.builder().from(valid).id(ElementId.of(id)).build(),
            Element.builder().from(valid).threadId(ThreadId.of(id)).build(),
            Element.builder().from(valid).stepId(StepId.of(id)).build())) {
      DataLayerException error = Await.failure(() -> store().elements().upsert(bad));
      assertThat(error.code()).isIn(ErrorCode.INVALID, ErrorCode.TOO_LARGE);
      assertThat(error.getMessage()).matches("(id|threadId|forId): .*");
      assertThat(Await.found(store().elements().find(bad.threadId(), bad.id()))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#lookalikes")
  default void lookalikesShouldBeDifferentElements(List<String> ids) {
    Element one =
        upsert(element().id(ElementId.of(ids.get(0))).stepId(StepId.of(ids.get(0))).build());

    assertThat(find(one.threadId(), ElementId.of(ids.get(1)))).isEmpty();
    assertThat(delete(one.threadId(), ElementId.of(ids.get(1)))).isEmpty();
    assertThat(listOfStep(one.threadId(), StepId.of(ids.get(1)))).isEmpty();
    assertThat(find(one)).isEqualTo(one);
  }

  @Test
  default void anElementAndAStepMayHaveTheSameId() {
    Element element = upsert(element().build());
    StepId step = StepId.of(element.id().value());
    Await.result(
        store().steps().upsert(Step.builder().threadId(element.threadId()).id(step).build()));

    Await.result(store().steps().delete(element.threadId(), step));

    assertThat(find(element)).isEqualTo(element);
  }

  @Test
  default void row25_deleteShouldRemoveTheElementOfThisThreadAndNameItsFile() {
    Element element = upsert(full());
    Element sameIdElsewhere = upsert(element().id(element.id()).build());

    assertThat(delete(Fresh.thread(), element.id())).isEmpty();
    assertThat(delete(element.threadId(), element.id())).contains(element);
    assertThat(element.objectKey()).isPresent();
    assertThat(find(element.threadId(), element.id())).isEmpty();
    assertThat(delete(element.threadId(), element.id())).isEmpty();
    assertThat(find(sameIdElsewhere)).isEqualTo(sameIdElsewhere);
  }

  @Test
  default void row26_theElementsOfAStepShouldBeListedInTheOrderOfTheirIds() {
    ThreadId thread = Fresh.thread();
    StepId step = Fresh.step();
    List<Element> elements =
        List.of("\ud83d\ude00", "\uffff", "b", "a").stream()
            .map(
                id ->
                    upsert(
                        Element.builder()
                            .threadId(thread)
                            .id(ElementId.of(id))
                            .stepId(step)
                            .build()))
            .toList();
    upsert(Element.builder().threadId(thread).id(Fresh.element()).build());
    upsert(Element.builder().threadId(thread).id(Fresh.element()).stepId(Fresh.step()).build());
    upsert(
        Element.builder()
            .threadId(thread)
            .id(Fresh.element())
            .stepId(StepId.of(step + "1"))
            .build());
    upsert(element().stepId(step).build());

    assertThat(listOfStep(thread, step))
        .containsExactly(elements.get(3), elements.get(2), elements.get(1), elements.get(0));
    assertThat(listOfStep(thread, Fresh.step())).isEmpty();
    assertThat(listOfStep(Fresh.thread(), step)).isEmpty();
  }

  @Test
  default void aStepMayHaveManyElements() {
    ThreadId thread = Fresh.thread();
    StepId step = Fresh.step();
    Await.results(
        IntStream.range(0, 120)
            .mapToObj(
                i ->
                    store()
                        .elements()
                        .upsert(
                            Element.builder()
                                .threadId(thread)
                                .id(Fresh.element())
                                .stepId(step)
                                .props(JsonObject.of("a", JsonValue.of("x".repeat(10_000))))
                                .build()))
            .toList());

    assertThat(listOfStep(thread, step)).hasSize(120);
  }

  @Test
  default void concurrentUpsertsShouldLoseNothing() {
    Element element = element().build();
    List<CompletionStage<Element>> writes =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    store()
                        .elements()
                        .upsert(
                            element(element)
                                .other(JsonObject.of("o" + i, JsonValue.of(i)))
                                .build()))
            .toList();
    Await.results(writes);

    for (int i = 0; i < 8; i++) {
      assertThat(find(element).other().members()).containsKey("o" + i);
    }
  }

  private void tooLarge(String message, UnaryOperator<Element.Builder> change) {
    refused(ErrorCode.TOO_LARGE, message, change);
  }

  private void refused(ErrorCode code, String message, UnaryOperator<Element.Builder> change) {
    Element bad = change.apply(element()).build();
    Await.refused(code, message, () -> store().elements().upsert(bad));
    assertThat(find(bad.threadId(), bad.id())).isEmpty();
  }

  private Element upsert(Element element) {
    return Await.result(store().elements().upsert(element));
  }

  private Element find(Element element) {
    return find(element.threadId(), element.id()).orElseThrow();
  }

  private Optional<Element> find(ThreadId thread, ElementId id) {
    return Await.result(store().elements().find(thread, id));
  }

  private Optional<Element> delete(ThreadId thread, ElementId id) {
    return Await.result(store().elements().delete(thread, id));
  }

  private List<Element> listOfStep(ThreadId thread, StepId step) {
    return Await.result(store().elements().listOfStep(thread, step));
  }

  /** Asserts that a stored element says what was written. */
  private static void assertSame(Element stored, Element written) {
    assertThat(says(stored)).isEqualTo(says(written));
  }

  private static Element says(Element element) {
    return Element.builder()
        .from(element)
        .other(Unknown.of(ElementAttributes.SCHEMA, element))
        .build();
  }

  private static Element.Builder element() {
    return Element.builder().threadId(Fresh.thread()).id(Fresh.element());
  }

  /** An element of the same ids that says nothing else. */
  private static Element.Builder element(Element element) {
    return Element.builder().threadId(element.threadId()).id(element.id());
  }

  /** An element that has every attribute. */
  private static Element full() {
    return element()
        .type(ElementType.PDF)
        .url("https://example.com/a?b=c#d")
        .chainlitKey("key")
        .name("näme ☃.pdf")
        .display("side")
        .objectKey(BlobKey.of("ada/t%2F1/" + Fresh.text()))
        .size("large")
        .props(JsonObject.of("a", JsonValue.of(1)))
        .page(7L)
        .autoPlay(true)
        .playerConfig(JsonObject.of("volume", JsonValue.of(new BigDecimal("0.5"))))
        .language("json")
        .stepId(Fresh.step())
        .mime("application/pdf")
        .other(JsonObject.of("future", JsonValue.of("kept")))
        .build();
  }
}
