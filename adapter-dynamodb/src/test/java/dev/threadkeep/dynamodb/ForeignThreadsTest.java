package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Deletion;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.json.JsonText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Threads that are out there in tables, planted as others wrote them. */
class ForeignThreadsTest {
  private static final String TABLE = DynamoDbLocal.createTable();
  private static final RawTable RAW = new RawTable(TABLE);
  private static final DataStore STORE =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), TABLE).build();

  private final UserId user = Fresh.user();
  private final ThreadId thread = Fresh.thread();
  private final String partition = "THREAD#" + thread;

  @Test
  void row6_aThreadWithoutANameShouldBeListedWithoutOne() {
    plantInList("a", "TS#2026-03-01T00:00:01Z", "");
    plantInList("b", "TS#2026-03-01T00:00:02Z", ", 'name': {'NULL': true}");
    plantInList("c", "TS#2026-03-01T00:00:03Z", ", 'name': {'N': '5'}");
    plantInList("d", "someday", ", 'name': {'S': ''}");

    assertThat(list(10))
        .extracting(
            it -> it.id().value().substring(0, 1),
            it -> it.name().orElse("-"),
            it -> it.updatedAt().text())
        .containsExactly(
            tuple("d", "", "someday"),
            tuple("c", "-", "2026-03-01T00:00:03Z"),
            tuple("b", "-", "2026-03-01T00:00:02Z"),
            tuple("a", "-", "2026-03-01T00:00:01Z"));
  }

  @Test
  void listShouldSkipEntriesOfTheIndexThatAreNoThreads() {
    plantInList("last", "TS#2026-03-01T00:00:01Z", "");
    for (int i = 0; i < 5; i++) {
      RAW.put(
          "SOMETHING#" + i + user,
          "ELSE",
          "{'UserThreadPK': {'S': 'USER#%s'}, 'UserThreadSK': {'S': 'TS#2027'}}".formatted(user));
    }

    assertThat(list(1)).hasSize(1);
  }

  @Test
  void row16_prefixesShouldBeTakenOffExactly() {
    plantInList("TEAM-1", "TS#TS#2026", "");

    ThreadSummary listed = list(1).get(0);

    assertThat(listed.id().value()).startsWith("TEAM-1");
    assertThat(listed.updatedAt()).isEqualTo(new Timestamp("TS#2026"));
  }

  @Test
  void aThreadThatHasNothingButItsKeysShouldBeReadAndChanged() {
    RAW.put(partition, "THREAD", "{}");

    ChatThread read = Await.result(STORE.threads().find(thread)).orElseThrow();

    assertThat(read).isEqualTo(ChatThread.builder().id(thread).build());
    assertThat(Await.result(STORE.threads().findAuthor(thread))).isEmpty();
    assertThat(Await.result(STORE.threads().findAll(List.of(thread)))).containsExactly(read);
    assertThat(Await.result(STORE.threads().load(thread)).orElseThrow().thread()).isEqualTo(read);
    assertThat(Await.result(STORE.threads().update(thread, name("x"))).name()).contains("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'NULL': true}", "{'S': ''}", "{'N': '1'}", "{'M': {}}"})
  void aThreadOfNobodyShouldHaveNoAuthorAndGetTheOwnerWhoCreatesIt(String nobody) {
    RAW.put(partition, "THREAD", "{'userId': %1$s, 'userIdentifier': %1$s}".formatted(nobody));
    assertThat(Await.result(STORE.threads().findAuthor(thread))).isEmpty();
    assertThat(Await.result(STORE.threads().find(thread)).orElseThrow().userId()).isEmpty();

    create("Trip");

    assertThat(Await.result(STORE.threads().findAuthor(thread))).contains(user);
    assertThat(list(1)).extracting(ThreadSummary::name).containsExactly(Optional.of("Trip"));
    assertThat(RAW.get(partition, "THREAD").get("userIdentifier").s()).isEqualTo(user.value());
  }

  @Test
  void row28_aThreadThatALateUpdateBroughtBackShouldBeCompleted() {
    RAW.put(
        partition,
        "THREAD",
        "{'id': {'S': '%s'}, 'createdAt': {'S': '2026-03-01T00:00:42Z'}, 'name': {'S': 'Old'},"
                .formatted(thread)
            + " 'metadata': {'M': {'a': {'N': '1'}}}, 'future': {'S': 'kept'},"
            + " 'UserThreadSK': {'S': 'TS#2026-03-01T00:00:42Z'}}");

    ChatThread completed =
        Await.result(
            STORE
                .threads()
                .create(
                    ChatThread.builder()
                        .id(thread)
                        .userId(user)
                        .name("New")
                        .tags(List.of("t"))
                        .metadata(JsonObject.of("b", JsonValue.of(2)))
                        .createdAt(new Timestamp("2026-04-01T00:00:00.000000Z"))
                        .build()));

    assertThat(completed.name()).contains("Old");
    assertThat(completed.userId()).contains(user);
    assertThat(completed.tags()).contains(List.of("t"));
    assertThat(completed.createdAt()).contains(new Timestamp("2026-03-01T00:00:42Z"));
    assertThat(completed.metadata())
        .contains(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.of(2)));
    assertThat(completed.other()).isEqualTo(JsonObject.of("future", JsonValue.of("kept")));
    assertThat(list(1).get(0).updatedAt()).isEqualTo(new Timestamp("2026-04-01T00:00:00.000000Z"));
    Await.refused(
        ErrorCode.ALREADY_EXISTS,
        "thread " + thread + " already exists",
        () -> STORE.threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {'b': 2}",
        "{'metadata': {'NULL': true}} | {'b': 2}",
        "{'metadata': {'M': {}}} | {'b': 2}",
        "{'metadata': {'S': ''}} | {'b': 2}",
        "{'metadata': {'S': 'no JSON'}} | {'b': 2}",
        "{'metadata': {'S': '[1]'}} | {'b': 2}",
        "{'metadata': {'S': '{\\'a\\': 1.50}'}} | {'a': 1.5, 'b': 2}",
        "{'metadata': {'L': []}} | {'b': 2}",
        "{'metadata': {'M': {'a': {'N': '1.50'}, 'gone': {'S': 'x'}}}} | {'a': 1.5, 'b': 2}"
      })
  void row1_metadataShouldBeMergedWhateverIsStored(String stored, String merged) {
    RAW.put(partition, "THREAD", stored.replace("\\'", "\\\""));
    JsonObject change = JsonObject.of("b", JsonValue.of(2)).with("gone", JsonValue.Null.NULL);

    ChatThread changed =
        Await.result(STORE.threads().update(thread, Patch.set(ThreadAttributes.METADATA, change)));

    assertThat(changed.metadata()).contains((JsonObject) JsonText.parse(json(merged)));
    assertThat(Await.result(STORE.threads().find(thread))).contains(changed);
  }

  @Test
  void metadataThatIsTextShouldBeReadAsTheObjectInIt() {
    RAW.put(partition, "THREAD", "{'metadata': {'S': '{}'}, 'name': {'SS': ['b', 'a']}}");

    ChatThread read = Await.result(STORE.threads().find(thread)).orElseThrow();

    assertThat(read.metadata()).contains(JsonObject.empty());
    assertThat(read.name()).isEmpty();
    assertThat(read.other().get("name")).isPresent();
  }

  @Test
  void row27_deleteShouldWorkOnAPartitionWithoutAThreadAndTakeAllOfIt() {
    RAW.put(partition, "STEP#s", "{'id': {'S': 's'}, 'createdAt': {'S': '2026'}}");
    RAW.put(partition, "STEP#ghost", "{'feedback': {'M': {}}}");
    RAW.put(partition, "ELEMENT#e", "{'id': {'S': 'e'}, 'objectKey': {'S': 'u/t/e'}}");
    RAW.put(partition, "ELEMENT#none", "{'objectKey': {'NULL': true}}");
    RAW.put(partition, "FUTURE#f", "{'objectKey': {'S': 'not/a/file'}}");
    assertThat(Await.result(STORE.threads().isTaken(thread))).isTrue();
    assertThat(Await.result(STORE.threads().load(thread))).isEmpty();

    Deletion deletion = Await.result(STORE.threads().delete(thread));

    assertThat(deletion.items()).isEqualTo(5);
    assertThat(deletion.files()).extracting(Object::toString).containsExactly("u/t/e");
    assertThat(Await.result(STORE.threads().isTaken(thread))).isFalse();
    assertThat(Await.result(STORE.threads().delete(thread)).items()).isZero();
  }

  @Test
  void oneBadItemShouldNotHideTheOthers() {
    RAW.put(partition, "THREAD", "{}");
    RAW.put(partition, "STEP#ghost", "{'feedback': {'M': {'value': {'N': '1'}}}}");
    RAW.put(partition, "STEP#", "{'id': {'S': ''}}");
    RAW.put(partition, "ELEMENT#", "{}");
    RAW.put(partition, "STEP#good", "{'id': {'S': 'good'}}");
    RAW.put(partition, "STEPPING#x", "{'id': {'S': 'x'}}");
    RAW.put(partition, "THREADKEEP#x", "{'id': {'S': 'x'}}");

    Conversation read = Await.result(STORE.threads().load(thread)).orElseThrow();

    assertThat(read.steps()).extracting(it -> it.id().value()).containsExactly("good");
    assertThat(read.elements()).isEmpty();
    assertThat(read.skipped()).isEqualTo(3);
  }

  @Test
  void aNameThatWeClearShouldStayForChainlitsReader() {
    create("Trip");

    ChatThread changed =
        Await.result(STORE.threads().update(thread, Patch.none().andClear(ThreadAttributes.NAME)));

    assertThat(changed.name()).isEmpty();
    assertThat(changed.other()).isEqualTo(JsonObject.empty());
    assertThat(RAW.get(partition, "THREAD")).containsEntry("name", AttributeValue.fromNul(true));
  }

  private void plantInList(String id, String place, String attributes) {
    RAW.put(
        "THREAD#" + id + Fresh.text(),
        "THREAD",
        "{'UserThreadPK': {'S': 'USER#%s'}, 'UserThreadSK': {'S': '%s'}%s}"
            .formatted(user, place, attributes));
  }

  private List<ThreadSummary> list(int first) {
    return Await.result(STORE.threads().list(user, PageRequest.first(first))).items();
  }

  private void create(String name) {
    Await.result(
        STORE.threads().create(ChatThread.builder().id(thread).userId(user).name(name).build()));
  }

  private static Patch name(String name) {
    return Patch.set(ThreadAttributes.NAME, name);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
