package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.json.JsonText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Steps, elements and users that are out there in tables, planted as others wrote them. */
class ForeignStepsTest {
  private static final String TABLE = DynamoDbLocal.createTable();
  private static final RawTable RAW = new RawTable(TABLE);
  private static final DataStore STORE =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), TABLE).build();

  private static final String FEEDBACK =
      "'feedback': {'M': {'id': {'S': 'x'}, 'forId': {'S': 's'}, 'threadId': {'S': 't'},"
          + " 'value': {'N': '1'}, 'comment': {'NULL': true}}}";

  private final ThreadId thread = Fresh.thread();
  private final StepId step = Fresh.step();
  private final String partition = "THREAD#" + thread;
  private final String sort = "STEP#" + step;

  @Test
  void aGhostShouldBeNoStep() {
    RAW.put(partition, sort, "{" + FEEDBACK + "}");
    Map<String, AttributeValue> ghost = RAW.get(partition, sort);

    assertThat(Await.result(STORE.steps().find(thread, step))).isEmpty();
    assertThat(Await.result(STORE.steps().list(thread, PageRequest.first(10))).items()).isEmpty();
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () -> STORE.steps().update(thread, step, Patch.set(StepAttributes.OUTPUT, "x")));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () -> STORE.steps().update(thread, step, metadata()));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () -> STORE.steps().update(thread, step, Patch.none()));
    assertThat(RAW.get(partition, sort)).isEqualTo(ghost);
  }

  @Test
  void row13And15_feedbackOnAGhostShouldBeNotFoundAndWriteNothing() {
    RAW.put(partition, sort, "{" + FEEDBACK + "}");
    Map<String, AttributeValue> ghost = RAW.get(partition, sort);

    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () ->
            STORE
                .feedback()
                .upsert(Feedback.builder().threadId(thread).stepId(step).value(0).build()));
    Await.refused(
        ErrorCode.NOT_FOUND,
        "step " + step + " not found",
        () -> STORE.feedback().delete(thread, step));
    assertThat(RAW.get(partition, sort)).isEqualTo(ghost);
  }

  @Test
  void row13And15_feedbackOnAnUnknownStepShouldLeaveNoItem() {
    Await.failure(
        () ->
            STORE
                .feedback()
                .upsert(Feedback.builder().threadId(thread).stepId(step).value(0).build()));
    Await.failure(() -> STORE.feedback().delete(thread, step));
    Await.failure(() -> STORE.steps().update(thread, step, metadata()));

    assertThat(RAW.get(partition, sort)).isEmpty();
  }

  @Test
  void aGhostShouldBeCompletedByItsStepAndKeepItsFeedback() {
    RAW.put(partition, sort, "{" + FEEDBACK + "}");

    Step stored = Await.result(STORE.steps().upsert(Step.userMessage(thread, step, "Hello")));

    assertThat(stored.output()).contains("Hello");
    assertThat(stored.createdAt()).isPresent();
    assertThat(stored.feedback().orElseThrow().value()).isEqualTo(1);
  }

  @Test
  void deleteShouldRemoveAGhostThoughItWasNoStep() {
    RAW.put(partition, sort, "{" + FEEDBACK + "}");

    assertThat(Await.result(STORE.steps().delete(thread, step))).isFalse();
    assertThat(RAW.get(partition, sort)).isEmpty();
  }

  @Test
  void listShouldReadOnWhereGhostsAre() {
    for (int i = 0; i < 20; i++) {
      RAW.put(partition, "STEP#a%02d".formatted(i), "{" + FEEDBACK + "}");
    }
    RAW.put(partition, "STEP#b", "{'id': {'S': 'b'}}");
    RAW.put(partition, "STEP#c", "{'id': {'S': 'c'}}");

    Page<Step> page = Await.result(STORE.steps().list(thread, PageRequest.first(1)));
    Page<Step> next =
        Await.result(
            STORE.steps().list(thread, PageRequest.first(1).after(page.next().orElseThrow())));

    assertThat(page.items()).extracting(it -> it.id().value()).containsExactly("b");
    assertThat(next.items()).extracting(it -> it.id().value()).containsExactly("c");
    assertThat(next.next()).isEmpty();
  }

  @Test
  void everyTypeOfAttributeShouldBeReadAndWhatDoesNotFitKept() {
    RAW.put(
        partition,
        sort,
        "{'id': {'N': '1'}, 'threadId': {'NULL': true}, 'name': {'N': '1.50'},"
            + " 'type': {'S': ''}, 'output': {'B': 'bytes'}, 'tags': {'SS': ['a']},"
            + " 'isError': {'S': 'true'}, 'start': {'S': 'never'}, 'end': {'N': '1'},"
            + " 'generation': {'S': '{}'}, 'showInput': {'S': 'json'},"
            + " 'future': {'NS': ['12345678901234567890']}, 'parentId': {'NULL': true},"
            + " 'feedback': {'M': {'value': {'N': '1'}}}}");

    Step read = Await.result(STORE.steps().find(thread, step)).orElseThrow();

    assertThat(StepAttributes.SCHEMA.toJson(read))
        .isEqualTo(
            JsonText.parse(
                ("{'id': '%s', 'threadId': '%s', 'name': 1.5, 'type': '', 'output': 'Ynl0ZXM=',"
                        + " 'tags': ['a'], 'isError': 'true', 'start': 'never', 'end': 1,"
                        + " 'generation': '{}', 'showInput': 'json',"
                        + " 'future': [12345678901234567890], 'parentId': null,"
                        + " 'feedback': {'value': 1}}")
                    .formatted(step, thread)
                    .replace('\'', '"')));
    assertThat(read.tags()).isPresent();
    assertThat(read.start()).isPresent();
    assertThat(read.feedback()).isEmpty();
  }

  @Test
  void aWriteOfWhatWasReadShouldNotChangeTheItem() {
    RAW.put(
        partition,
        sort,
        "{'id': {'S': '%s'}, 'threadId': {'S': '%s'}, 'createdAt': {'S': '2026'},"
                .formatted(step, thread)
            + " 'name': {'NULL': true}, 'metadata': {'M': {'a': {'N': '1'}}}, 'output': {'S': ''},"
            + FEEDBACK
            + ", 'future': {'N': '12345678901234567890'}}");
    Map<String, AttributeValue> before = RAW.get(partition, sort);
    Step read = Await.result(STORE.steps().find(thread, step)).orElseThrow();

    // "2026" is read but is no time that may be written
    Await.result(
        STORE.steps().upsert(Step.builder().from(read).createdAt(Optional.empty()).build()));

    assertThat(RAW.get(partition, sort)).isEqualTo(before);
  }

  @Test
  void row14_thePartitionNoneShouldBeAThreadLikeAnyOther() {
    RAW.put("THREAD#None", sort, "{" + FEEDBACK + "}");

    assertThat(Await.result(STORE.threads().load(ThreadId.of("None")))).isEmpty();
    assertThat(Await.result(STORE.threads().delete(ThreadId.of("None"))).items()).isEqualTo(1);
  }

  @Test
  void anElementWithoutAFileShouldBeRead() {
    ElementId id = Fresh.element();
    for (String key : new String[] {"{'NULL': true}", "{'S': ''}", "{'S': 'a/b'}"}) {
      RAW.put(partition, "ELEMENT#" + id, "{'objectKey': %s, 'url': {'S': 'u'}}".formatted(key));

      Element read = Await.result(STORE.elements().find(thread, id)).orElseThrow();

      assertThat(read.id()).isEqualTo(id);
      assertThat(read.threadId()).isEqualTo(thread);
      assertThat(read.objectKey().isPresent()).isEqualTo(key.contains("a/b"));
      assertThat(read.url()).contains("u");
    }
  }

  @Test
  void anElementWithoutAFileShouldBeWrittenAsChainlitReadsIt() {
    Element element = Element.builder().id(Fresh.element()).threadId(thread).build();

    Element stored = Await.result(STORE.elements().upsert(element));

    assertThat(ElementAttributes.SCHEMA.toJson(stored).members())
        .containsOnlyKeys("id", "threadId");
    assertThat(RAW.get(partition, "ELEMENT#" + element.id()))
        .containsEntry("objectKey", AttributeValue.fromS(""));
  }

  @Test
  void aUserThatHasNothingButKeysShouldBeReadAndMerged() {
    UserId user = Fresh.user();
    RAW.put("USER#" + user, "USER", "{'metadata': {'S': '{\\'a\\': 1}'}}".replace("\\'", "\\\""));

    assertThat(Await.result(STORE.users().find(user)).orElseThrow().metadata())
        .contains(JsonObject.of("a", JsonValue.of(1)));

    User stored =
        Await.result(
            STORE
                .users()
                .upsert(
                    User.builder().id(user).metadata(JsonObject.of("b", JsonValue.of(2))).build()));
    assertThat(stored.metadata())
        .contains(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2)));
    assertThat(stored.createdAt()).isPresent();
  }

  @Test
  void aUserShouldBeWrittenAsChainlitReadsIt() {
    UserId user = Fresh.user();

    Await.result(STORE.users().upsert(User.builder().id(user).build()));

    assertThat(RAW.get("USER#" + user, "USER"))
        .containsEntry("metadata", AttributeValue.fromM(Map.of()))
        .containsEntry("identifier", AttributeValue.fromS(user.value()))
        .containsKeys(UserAttributes.CREATED_AT.name(), UserAttributes.ID.name());
  }

  private static Patch metadata() {
    return Patch.set(StepAttributes.METADATA, JsonObject.of("a", JsonValue.of(1)));
  }
}
