package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.ThreadInventory.State;
import dev.threadkeep.domain.ThreadInventory.StepFile;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.domain.port.MaintenanceRepository;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the Python layer and interrupted processes leave, seen and mended. */
class ForeignMaintenanceTest {
  private static final String GHOST =
      "{'feedback': {'M': {'value': {'N': '1'}, 'forId': {'S': 's'}}}}";

  private final String table = DynamoDbLocal.createTable();
  private final RawTable raw = new RawTable(table);
  private final DataStore store =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), table)
          .blobs(new InMemoryBlobStore(URI.create("https://files.test")))
          .build();
  private final MaintenanceRepository maintenance = store.maintenance();

  @Test
  void aGhostShouldBeSeenAndRemovedUnlessItBecameAStep() {
    raw.put("THREAD#None", "STEP#a", GHOST);
    raw.put("THREAD#None", "STEP#b", GHOST);
    ThreadId none = ThreadId.of("None");

    ThreadInventory inventory = inventory().get(none);
    assertThat(inventory.ghosts()).containsExactly(StepId.of("a"), StepId.of("b"));
    assertThat(inventory.state()).isEqualTo(State.MISSING);
    assertThat(inventory.latest()).isEmpty();

    Await.result(store.steps().upsert(Step.userMessage(none, StepId.of("b"), "now it is one")));
    assertThat(Await.result(maintenance.removeGhost(none, StepId.of("a")))).isTrue();
    assertThat(Await.result(maintenance.removeGhost(none, StepId.of("b")))).isFalse();
    assertThat(raw.scan()).hasSize(1);
  }

  @Test
  void aThreadThatIsMissingFromItsListShouldBeSeenAndListedAtItsTime() {
    raw.put("THREAD#old", "THREAD", "{'id': {'S': 'old'}, 'userId': {'S': 'ada'}}");
    raw.put(
        "THREAD#dated",
        "THREAD",
        "{'id': {'S': 'dated'}, 'userId': {'S': 'ada'}, 'createdAt': {'S':"
            + " '2026-03-01T00:00:42Z'}}");
    raw.put("THREAD#nobodys", "THREAD", "{'id': {'S': 'nobodys'}, 'userId': {'NULL': true}}");

    Map<ThreadId, ThreadInventory> all = inventory();
    assertThat(all.get(ThreadId.of("old")).state()).isEqualTo(State.UNLISTED);
    assertThat(all.get(ThreadId.of("nobodys")).state()).isEqualTo(State.WHOLE);
    assertThat(all.get(ThreadId.of("dated")).latest())
        .contains(Instant.parse("2026-03-01T00:00:42Z"));

    for (String id : List.of("old", "dated")) {
      assertThat(Await.result(maintenance.list(ThreadId.of(id)))).isTrue();
      assertThat(Await.result(maintenance.list(ThreadId.of(id)))).isFalse();
    }
    assertThat(Await.result(maintenance.list(ThreadId.of("nobodys")))).isFalse();
    assertThat(Await.result(store.threads().list(UserId.of("ada"), PageRequest.first(5))).items())
        .extracting(ThreadSummary::id)
        .containsExactly(ThreadId.of("dated"), ThreadId.of("old"));
  }

  @Test
  void pointersShouldBeToldApartAndForgotten() {
    ThreadId thread = ThreadId.of("t");
    StepId step = StepId.of("s");
    Await.result(
        store
            .steps()
            .upsert(
                Step.builder()
                    .threadId(thread)
                    .id(step)
                    .input(Large.text(400_000))
                    .output(Large.text(400_001))
                    .build()));
    Map<String, AttributeValue> item = new HashMap<>(raw.get("THREAD#t", "STEP#s"));
    BlobKey input = file(item, "input");
    BlobKey output = file(item, "output");
    item.put("output", AttributeValue.fromS("changed by another writer"));
    DynamoDbLocal.client().putItem(put -> put.tableName(table).item(item)).join();

    ThreadInventory inventory = inventory().get(thread);
    assertThat(inventory.contents()).containsExactly(new StepFile(step, input));
    assertThat(inventory.staleContents()).containsExactly(new StepFile(step, output));
    assertThat(Await.result(maintenance.filesOf(thread)).orElseThrow()).containsExactly(input);

    assertThat(Await.result(maintenance.detachContent(thread, step, output))).isTrue();
    assertThat(Await.result(maintenance.detachContent(thread, step, output))).isFalse();
    assertThat(raw.get("THREAD#t", "STEP#s").get("threadkeepContent").m())
        .containsOnlyKeys("input");
    assertThat(Await.result(maintenance.detachContent(thread, step, input))).isTrue();
    assertThat(raw.get("THREAD#t", "STEP#s")).doesNotContainKey("threadkeepContent");
  }

  @Test
  void partitionsOfEverySizeShouldBeSeenOnce() {
    String text = "x".repeat(90_000);
    for (int thread = 0; thread < 4; thread++) {
      ThreadId id = ThreadId.of("t" + thread);
      for (int step = 0; step < (thread == 2 ? 30 : 4); step++) {
        Await.result(store.steps().upsert(Step.userMessage(id, StepId.of("s" + step), text)));
      }
    }
    raw.put("USER#ada", "USER", "{'id': {'S': 'ada'}}");
    raw.put("THREAD#alien", "SOMETHING#1", "{'id': {'S': 'x'}}");
    raw.put("ELSEWHERE", "x", "{'id': {'S': 'x'}}");

    Map<ThreadId, ThreadInventory> all = inventory();

    assertThat(all).hasSize(4);
    assertThat(all.get(ThreadId.of("t2")).children()).isEqualTo(30);
    assertThat(all.get(ThreadId.of("t0")).children()).isEqualTo(4);
  }

  private Map<ThreadId, ThreadInventory> inventory() {
    Map<ThreadId, ThreadInventory> all = new HashMap<>();
    Await.pages(maintenance::inventory).forEach(it -> assertThat(all.put(it.id(), it)).isNull());
    return all;
  }

  private static BlobKey file(Map<String, AttributeValue> item, String attribute) {
    return BlobKey.of(item.get("threadkeepContent").m().get(attribute).m().get("key").s());
  }
}
