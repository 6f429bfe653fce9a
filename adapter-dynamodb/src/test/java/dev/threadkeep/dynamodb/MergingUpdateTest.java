package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.FaultyProxy.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How many requests a write with metadata takes, and what happens when others write meanwhile. */
class MergingUpdateTest extends FaultyProxyTest {
  private static final JsonObject A = JsonObject.of("a", JsonValue.of(1));
  private static final JsonObject B = JsonObject.of("b", JsonValue.of(2));

  @Test
  void aNewStepShouldTakeOneRequest() {
    upsert(A);

    assertThat(proxy.operations()).containsExactly("UpdateItem");
  }

  @Test
  void repeatingAWriteShouldTakeOneRequest() {
    upsert(A);
    proxy.operations().clear();

    upsert(A);

    assertThat(proxy.operations()).containsExactly("UpdateItem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'metadata': {'NULL': true}}", "{'metadata': {'M': {}}}"})
  void anUpsertOverNoMetadataShouldTakeOneRequest(String stored) {
    plant(stored);

    assertThat(upsert(A).metadata()).contains(A);
    assertThat(proxy.operations()).containsExactly("UpdateItem");
  }

  @Test
  void anUpsertOverOtherMetadataShouldTakeTwoRequests() {
    upsert(A);
    proxy.operations().clear();

    assertThat(upsert(B).metadata()).contains(A.merge(B));
    assertThat(proxy.operations()).containsExactly("UpdateItem", "UpdateItem");
  }

  @Test
  void aPatchOfMetadataShouldTakeOneRequest() {
    upsert(A);
    proxy.operations().clear();

    assertThat(patch(B).metadata()).contains(A.merge(B));
    assertThat(proxy.operations()).containsExactly("UpdateItem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'metadata': {'NULL': true}}", "{'metadata': {'S': '{}'}}"})
  void aPatchOfMetadataThatIsNoMapShouldTakeTwoRequests(String stored) {
    plant(stored);

    assertThat(patch(B).metadata()).contains(B);
    assertThat(proxy.operations()).containsExactly("UpdateItem", "UpdateItem");
  }

  @Test
  void row19_aPatchThatSaysNothingShouldWriteNothing() {
    upsert(A);
    proxy.operations().clear();

    assertThat(Await.result(store.steps().update(thread, step, Patch.none())).metadata())
        .contains(A);
    patch(JsonObject.empty());
    assertThat(proxy.operations()).containsExactly("GetItem", "GetItem");
  }

  @Test
  void moreMembersThanAnExpressionHoldsShouldBeMerged() {
    JsonObject many = manyMembers();
    upsert(A);

    assertThat(patch(many).metadata()).contains(A.merge(many));
    JsonObject more = many.with("member7", JsonValue.of("seven")).with("a", JsonValue.Null.NULL);
    assertThat(upsert(more).metadata()).contains(more.without("a"));
  }

  @Test
  void membersOfOtherWritersShouldStayAsTheyAreAmongMany() {
    plant(
        "{'metadata': {'M': {'tags': {'SS': ['x', 'y']}, 'key': {'B': 'bytes'}, 'a': {'N': '1'}}}}");

    patch(manyMembers());

    Map<String, AttributeValue> stored =
        new RawTable(TABLE).get("THREAD#" + thread, "STEP#" + step).get("metadata").m();
    assertThat(stored).hasSize(3 + 2_000);
    assertThat(stored.get("tags").ss()).containsExactlyInAnyOrder("x", "y");
    assertThat(stored.get("key").b().asUtf8String()).isEqualTo("bytes");
  }

  @Test
  void aWriteThatOthersAlwaysForestallShouldEndAsAConflict() {
    AtomicInteger version = new AtomicInteger();
    proxy.set(
        (operation, request, engine) ->
            Optional.of(
                new Reply(
                    400,
                    """
                    {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                     "Item": {"id": {"S": "s"}, "metadata": {"S": "version %d"}}}"""
                        .formatted(version.getAndIncrement()))));

    Await.refused(
        ErrorCode.CONFLICT, "step " + step + " changed too often meanwhile", () -> tryToPatch(A));
    assertThat(proxy.operations()).hasSize(5).containsOnly("UpdateItem");
  }

  private static JsonObject manyMembers() {
    JsonObject many = JsonObject.empty();
    for (int i = 0; i < 2_000; i++) {
      many = many.with("member" + i, JsonValue.of(i));
    }
    return many;
  }

  private void plant(String attributes) {
    new RawTable(TABLE)
        .put(
            "THREAD#" + thread,
            "STEP#" + step,
            attributes.replaceFirst("\\{", "{'id': {'S': '" + step + "'},").replace(",}", "}"));
  }

  private Step upsert(JsonObject metadata) {
    return Await.result(
        store.steps().upsert(Step.builder().id(step).threadId(thread).metadata(metadata).build()));
  }

  private Step patch(JsonObject metadata) {
    return Await.result(tryToPatch(metadata));
  }

  private CompletionStage<Step> tryToPatch(JsonObject metadata) {
    return store.steps().update(thread, step, Patch.set(StepAttributes.METADATA, metadata));
  }
}
