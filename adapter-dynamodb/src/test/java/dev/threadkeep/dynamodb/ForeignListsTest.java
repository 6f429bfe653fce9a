package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The lists by feedback and of favourites on a table that others change, too. */
class ForeignListsTest {
  private final String table = DynamoDbLocal.createTable();
  private final RawTable raw = new RawTable(table);
  private final DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();
  private final UserId owner = Fresh.user();
  private final ThreadId thread = Fresh.thread();
  private final StepId step = Fresh.step();

  @Test
  void whatOthersHaveWrittenShouldBeFoundOnceTheThreadWasLoaded() {
    plant();
    assertThat(liked()).isEmpty();
    assertThat(favorites()).isEmpty();

    Await.result(store.threads().load(thread));

    assertThat(liked()).containsExactly(thread);
    assertThat(favorites()).containsExactly(step);
  }

  @Test
  void whatOthersHaveWrittenShouldBeFoundAfterReindexing() {
    plant();
    assertThat(inventory().isMisindexed()).isTrue();

    assertThat(Await.result(store.maintenance().index(thread))).isTrue();

    assertThat(inventory().isMisindexed()).isFalse();
    assertThat(liked()).containsExactly(thread);
    assertThat(favorites()).containsExactly(step);
    assertThat(Await.result(store.maintenance().index(thread))).isFalse();
  }

  @Test
  void whatOthersHaveDeletedShouldNotBeListed() {
    createAndMark();
    assertThat(liked()).containsExactly(thread);
    assertThat(favorites()).containsExactly(step);

    raw.delete("THREAD#" + thread, "STEP#" + step);

    assertThat(liked()).isEmpty();
    assertThat(favorites()).isEmpty();
  }

  @Test
  void whatOthersHaveMadeAnewForSomebodyElseShouldNotBeListed() {
    createAndMark();

    plant(Fresh.user());

    assertThat(liked()).isEmpty();
    assertThat(favorites()).isEmpty();
  }

  @Test
  void whatOthersHaveChangedShouldBeInTheRightListOnceTheThreadWasLoaded() {
    createAndMark();
    plantStep("0", "false");
    assertThat(liked()).isEmpty();
    assertThat(favorites()).isEmpty();

    Await.result(store.threads().load(thread));

    assertThat(list(0)).containsExactly(thread);
    assertThat(liked()).isEmpty();
  }

  @Test
  void entriesThatAreLeftOverShouldNotTakeTheIdOfAThread() {
    createAndMark();
    raw.delete("THREAD#" + thread, "THREAD");
    assertThat(Await.result(store.threads().isTaken(thread))).as("its step is there").isTrue();

    raw.delete("THREAD#" + thread, "STEP#" + step);

    assertThat(entries()).isNotEmpty();
    assertThat(Await.result(store.threads().isTaken(thread))).isFalse();
  }

  @Test
  void entriesThatAreLeftOverShouldGoWithReindexing() {
    createAndMark();
    raw.delete("THREAD#" + thread, "STEP#" + step);
    assertThat(inventory().isMisindexed()).isTrue();

    assertThat(Await.result(store.maintenance().index(thread))).isTrue();

    assertThat(entries()).isEmpty();
    assertThat(inventory().isMisindexed()).isFalse();
  }

  @Test
  void entriesOfAThreadThatIsGoneShouldGoWithReindexing() {
    createAndMark();
    raw.delete("THREAD#" + thread, "STEP#" + step);
    raw.delete("THREAD#" + thread, "THREAD");
    assertThat(liked()).isEmpty();

    assertThat(Await.result(store.maintenance().index(inventory().id()))).isTrue();

    assertThat(raw.scan()).isEmpty();
  }

  @Test
  void entriesShouldGoWithTheUserWhomTheyName() {
    createAndMark();
    raw.delete("THREAD#" + thread, "STEP#" + step);
    raw.delete("THREAD#" + thread, "THREAD");

    assertThat(Await.result(store.users().delete(owner))).as("there is no such user").isFalse();

    assertThat(raw.scan()).isEmpty();
  }

  @Test
  void anotherFeedbackShouldStandInForOneThatOthersHaveDeleted() {
    createAndMark();
    StepId second = StepId.of("zzz");
    Await.result(store.steps().upsert(Step.assistantMessage(thread, second, "x")));
    give(second, 1);
    raw.delete("THREAD#" + thread, "STEP#" + second);

    assertThat(liked()).containsExactly(thread);
  }

  @Test
  void anEntryShouldConsistOfKeysAlone() {
    createAndMark();

    assertThat(entries())
        .hasSize(2)
        .allSatisfy(
            entry ->
                assertThat(entry).containsOnlyKeys("PK", "SK", "UserThreadPK", "UserThreadSK"));
    assertThat(entries())
        .extracting(entry -> entry.get("UserThreadPK").s())
        .containsExactlyInAnyOrder("FEEDBACK#1#" + owner, "FAVORITE#" + owner);
  }

  @Test
  void loadingAThreadWhoseEntriesAreRightShouldWriteNothing() {
    createAndMark();
    List<Map<String, AttributeValue>> before = raw.scan();

    Await.result(store.threads().load(thread));

    assertThat(raw.scan()).containsExactlyInAnyOrderElementsOf(before);
  }

  /**
   * A thread with a step that has a feedback and is a favourite, as the Python layer writes them.
   */
  private void plant() {
    plant(owner);
  }

  private void plant(UserId user) {
    raw.put(
        "THREAD#" + thread,
        "THREAD",
        ("{'id': {'S': '%1$s'}, 'name': {'S': 'A'}, 'userId': {'S': '%2$s'}, 'UserThreadPK':"
                + " {'S': 'USER#%2$s'}, 'UserThreadSK': {'S': 'TS#2026-03-01T00:00:00.000000Z'}}")
            .formatted(thread, user));
    plantStep("1", "true");
  }

  private void plantStep(String value, String favorite) {
    raw.put(
        "THREAD#" + thread,
        "STEP#" + step,
        ("{'id': {'S': '%1$s'}, 'threadId': {'S': '%2$s'}, 'createdAt': {'S':"
                + " '2026-03-01T00:00:00Z'}, 'metadata': {'M': {'favorite': {'BOOL': %4$s}}},"
                + " 'feedback': {'M': {'id': {'S': 'x'}, 'forId': {'S': '%1$s'}, 'threadId': {'S':"
                + " '%2$s'}, 'value': {'N': '%3$s'}, 'comment': {'NULL': true}}}}")
            .formatted(step, thread, value, favorite));
  }

  private void createAndMark() {
    Await.result(
        store.threads().create(ChatThread.builder().id(thread).userId(owner).name("A").build()));
    Await.result(store.steps().upsert(Step.assistantMessage(thread, step, "Rösti.")));
    give(step, 1);
    JsonObject favorite = JsonObject.of(Step.FAVORITE, JsonValue.of(true));
    Await.result(store.steps().update(thread, step, Patch.set(StepAttributes.METADATA, favorite)));
  }

  private void give(StepId to, int value) {
    Await.result(
        store
            .feedback()
            .upsert(Feedback.builder().threadId(thread).stepId(to).value(value).build()));
  }

  private List<Map<String, AttributeValue>> entries() {
    return raw.scan().stream()
        .filter(item -> item.get("SK").s().matches("(FEEDBACK|FAVORITE)#.*"))
        .toList();
  }

  private ThreadInventory inventory() {
    return Await.result(store.maintenance().inventory(Optional.empty())).items().get(0);
  }

  private List<ThreadId> liked() {
    return list(1);
  }

  private List<ThreadId> list(int feedback) {
    ThreadFilter filter = ThreadFilter.all().withFeedback(feedback);
    return Await.result(store.threads().list(owner, filter, PageRequest.first(10))).items().stream()
        .map(ThreadSummary::id)
        .toList();
  }

  private List<StepId> favorites() {
    return Await.result(store.steps().listFavorites(owner)).stream().map(Step::id).toList();
  }
}
