package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the Python layer wrote, brought into another table. */
class ForeignTransferTest {
  private static final String GHOST =
      "{'feedback': {'M': {'value': {'N': '1'}, 'forId': {'S': 's'}}}}";

  private final InMemoryBlobStore blobs = new InMemoryBlobStore(URI.create("https://files.test"));
  private final String table = DynamoDbLocal.createTable();
  private final String otherTable = DynamoDbLocal.createTable();
  private final RawTable raw = new RawTable(table);
  private final RawTable otherRaw = new RawTable(otherTable);
  private final DataStore store = store(table);
  private final DataStore other = store(otherTable);

  @Test
  void itemsOfChainlitShouldBeTheSameInAnotherTable() {
    ChainlitFixtureTest.items().forEach(raw::put);

    transferAll();

    assertThat(items(otherRaw)).isEqualTo(items(raw)).hasSize(48);
  }

  @Test
  void whatIsNoStepShouldBeLeftOut() {
    raw.put("THREAD#None", "STEP#ghost", GHOST);
    raw.put("THREAD#None", "STEP#s", "{'id': {'S': 's'}, 'threadId': {'S': 'None'}}");

    assertThat(contents(store, ThreadId.of("None")))
        .containsExactly(
            new StoredItem.OfStep(
                Step.builder().threadId(ThreadId.of("None")).id(StepId.of("s")).build(),
                Optional.empty()));
  }

  @Test
  void whatIsMissingFromListsShouldHaveThePlaceThatItShouldHave() {
    ThreadId thread = ThreadId.of("t");
    raw.put(
        "THREAD#t",
        "THREAD",
        "{'id': {'S': 't'}, 'userId': {'S': 'ada'}, 'createdAt': {'S': '2026-03-01T00:00:42Z'}}");
    raw.put(
        "THREAD#t",
        "STEP#s",
        "{'id': {'S': 's'}, 'threadId': {'S': 't'}, 'createdAt': {'S': '2026-03-01'}, 'feedback':"
            + " {'M': {'id': {'S': 'THREAD#t::STEP#s'}, 'forId': {'S': 's'}, 'threadId': {'S': 't'},"
            + " 'value': {'N': '1'}}}}");
    Optional<Timestamp> place = Optional.of(new Timestamp("2026-03-01T00:00:42.000000Z"));

    List<StoredItem> contents = contents(store, thread);
    assertThat(contents).hasSize(2);
    assertThat(((StoredItem.OfThread) contents.get(0)).place()).isEqualTo(place);
    assertThat(((StoredItem.OfStep) contents.get(1)).feedbackPlace()).isEqualTo(place);

    transferAll();
    assertThat(contents(other, thread)).isEqualTo(contents);
    assertThat(Await.result(other.maintenance().index(thread))).as("nothing to mend").isFalse();
  }

  @Test
  void aStepWhoseLargeValueIsLostShouldBeUnreadable() {
    ThreadId thread = ThreadId.of("t");
    Await.result(
        store.steps().upsert(Step.assistantMessage(thread, StepId.of("s"), Large.text(900_000))));
    files().forEach(file -> Await.result(blobs.delete(file.key())));

    assertThat(contents(store, thread))
        .containsExactly(
            new StoredItem.Unreadable(
                "step s of thread t", "a large value of it cannot be read, only its preview"));
  }

  /** An interrupted restore has stored the files and not the step; they are used by the next. */
  @Test
  void theFilesOfALargeStepShouldHaveTheSameNamesEachTime() {
    StoredItem step =
        new StoredItem.OfStep(
            Step.builder()
                .from(Step.assistantMessage(ThreadId.of("t"), StepId.of("s"), Large.text(900_000)))
                .input(Large.text(900_001))
                .createdAt(new Timestamp("2026-03-01T00:00:42.000000Z"))
                .build(),
            Optional.empty());
    assertThat(Await.result(other.transfer().restore(step))).isTrue();
    otherRaw.delete("THREAD#t", "STEP#s");

    assertThat(Await.result(other.transfer().restore(step))).isTrue();
    assertThat(Await.result(other.transfer().restore(step))).isFalse();

    assertThat(files()).hasSize(2);
    assertThat(contents(other, ThreadId.of("t"))).containsExactly(step);
  }

  private DataStore store(String name) {
    return DynamoDbDataStore.builder(DynamoDbLocal.client(), name).blobs(blobs).build();
  }

  private void transferAll() {
    for (User user : Await.pages(after -> store.transfer().users(after))) {
      Await.result(other.transfer().restore(new StoredItem.OfUser(user)));
    }
    for (ThreadInventory thread : Await.pages(after -> store.maintenance().inventory(after))) {
      for (StoredItem item : contents(store, thread.id())) {
        assertThat(Await.result(other.transfer().restore(item))).isTrue();
      }
    }
  }

  private List<BlobEntry> files() {
    return Await.result(blobs.list("", Optional.empty())).items();
  }

  private static List<StoredItem> contents(DataStore store, ThreadId thread) {
    return Await.pages(after -> store.transfer().contents(thread, after));
  }

  /** All items by their keys, without what is ours, and null as good as absent. */
  private static Map<ItemKey, Map<String, AttributeValue>> items(RawTable table) {
    Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
    for (Map<String, AttributeValue> item : table.scan()) {
      ItemKey key = ItemKey.of(item);
      if (Keys.entryOf(key).isEmpty()) {
        Map<String, AttributeValue> attributes = new HashMap<>(item);
        attributes.values().removeIf(it -> it.type() == AttributeValue.Type.NUL);
        if (!item.containsKey(Keys.INDEX_PK)) {
          attributes.remove(Keys.INDEX_SK); // a place in nobody's list
        }
        items.put(key, attributes);
      }
    }
    return items;
  }
}
