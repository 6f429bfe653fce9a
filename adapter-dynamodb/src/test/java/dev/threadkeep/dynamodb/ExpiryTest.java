package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.Meter.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What threads that expire look like in the table, and what they cost. */
class ExpiryTest {
  private static final UserId USER = UserId.of("ada");
  private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");

  private final Meter meter = new Meter();
  private final DynamoDbAsyncClient client =
      DynamoDbLocal.clientBuilder(DynamoDbLocal.endpoint())
          .overrideConfiguration(it -> it.addExecutionInterceptor(meter))
          .build();
  private final String table = DynamoDbLocal.createTable();
  private final RawTable raw = new RawTable(table);
  private final TestClock clock = new TestClock();
  private final DataStore store = store(builder -> builder.threadsExpire());

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theItemShouldHaveTheSecondsAndNothingElseThatIsNew() {
    create("with", Optional.of(END));
    create("without", Optional.empty());

    Map<String, AttributeValue> with = raw.get("THREAD#with", "THREAD");
    assertThat(with.get("threadkeepExpiresAt")).isEqualTo(AttributeValue.fromN("1780272000"));
    assertThat(with).doesNotContainKey("expiresAt");
    assertThat(with.keySet())
        .hasSize(raw.get("THREAD#without", "THREAD").size() + 1)
        .containsAll(raw.get("THREAD#without", "THREAD").keySet());

    Await.result(
        store
            .threads()
            .update(ThreadId.of("with"), Patch.none().andClear(ThreadAttributes.EXPIRES_AT)));

    assertThat(raw.get("THREAD#with", "THREAD")).doesNotContainKey("threadkeepExpiresAt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'threadkeepExpiresAt': {'S': '2001-01-01T00:00:00Z'}",
        "'threadkeepExpiresAt': {'NULL': true}",
        "'threadkeepExpiresAt': {'N': '1E+100'}",
        "'expiresAt': {'S': '2001-01-01T00:00:00Z'}",
        "'expiresAt': {'N': '1'}"
      })
  void whatIsNoTimeOfOursShouldNotMakeAThreadExpire(String attribute) {
    raw.put("THREAD#t", "THREAD", "{'id': {'S': 't'}, 'userId': {'S': 'ada'}, " + attribute + "}");
    ThreadId id = ThreadId.of("t");

    ChatThread found = Await.result(store.threads().find(id)).orElseThrow();
    assertThat(found.expiresAt()).isEmpty();
    assertThat(found.other().members()).isEmpty();
    assertThat(Await.result(store.threads().isExpired(id))).isFalse();
    assertThat(
            Await.result(store.threads().update(id, Patch.set(ThreadAttributes.NAME, "B"))).name())
        .contains("B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1780272000", "-1E+100", "1780271999.5"})
  void anyNumberInThePastShouldDo(String seconds) {
    raw.put(
        "THREAD#t",
        "THREAD",
        "{'id': {'S': 't'}, 'threadkeepExpiresAt': {'N': '" + seconds + "'}}");
    clock.advance(Duration.between(clock.instant(), END));

    assertThat(Await.result(store.threads().isExpired(ThreadId.of("t"))))
        .isEqualTo(Await.result(store.threads().find(ThreadId.of("t"))).isEmpty())
        .isTrue();
  }

  @Test
  void aThreadThatExpiresShouldCostNoMoreThanAnother() {
    meter.read();
    create("t", Optional.of(END));
    assertThat(meter.read()).isEqualTo(new Reading(1, 0, 2));

    ThreadId id = ThreadId.of("t");
    Await.result(store.threads().update(id, Patch.set(ThreadAttributes.EXPIRES_AT, END)));
    assertThat(meter.read()).isEqualTo(new Reading(1, 0, 1));
    Await.result(store.threads().find(id));
    assertThat(meter.read()).isEqualTo(new Reading(1, 0.5, 0));
    Await.result(store.threads().findAuthor(id));
    assertThat(meter.read()).isEqualTo(new Reading(1, 0.5, 0));
    Await.result(store.threads().load(id));
    assertThat(meter.read()).isEqualTo(new Reading(1, 0.5, 0));
    Await.result(store.threads().isExpired(id));
    assertThat(meter.read()).isEqualTo(new Reading(1, 1, 0));
  }

  @Test
  void aListShouldCostOneBatchReadMoreAndOnlyWhereThreadsExpire() {
    IntStream.range(0, 201).forEach(i -> create(UUID.randomUUID().toString(), Optional.of(END)));
    meter.read();

    assertThat(pageOf10(store(builder -> builder))).isEqualTo(new Reading(1, 0.5, 0));
    // The batch has eleven threads: the last tells that there is more.
    assertThat(pageOf10(store)).isEqualTo(new Reading(2, 6, 0));
  }

  @Test
  void favoritesShouldCostNothingMore() {
    for (int i = 0; i < 3; i++) {
      favorite(ThreadId.of("t" + i));
      favorite(ThreadId.of("t" + i));
    }
    meter.read();

    Await.result(store(builder -> builder).steps().listFavorites(USER));
    assertThat(meter.read()).isEqualTo(new Reading(2, 5, 0));
    Await.result(store.steps().listFavorites(USER));
    assertThat(meter.read()).isEqualTo(new Reading(2, 5, 0));
  }

  @Test
  void aListByFeedbackShouldCostNothingMore() {
    ThreadId id = ThreadId.of("t");
    favorite(id);
    StepId step = Await.result(store.steps().list(id, PageRequest.first(1))).items().get(0).id();
    Await.result(
        store.feedback().upsert(Feedback.builder().threadId(id).stepId(step).value(1).build()));
    meter.read();

    ThreadFilter liked = ThreadFilter.all().withFeedback(1);
    Await.result(store(builder -> builder).threads().list(USER, liked, PageRequest.first(10)));
    Reading without = meter.read();
    Await.result(store.threads().list(USER, liked, PageRequest.first(10)));
    assertThat(meter.read()).isEqualTo(without);
  }

  private DataStore store(UnaryOperator<DynamoDbDataStore.Builder> options) {
    return options.apply(DynamoDbDataStore.builder(client, table).clock(clock)).build();
  }

  private Reading pageOf10(DataStore from) {
    assertThat(Await.result(from.threads().list(USER, PageRequest.first(10))).items()).hasSize(10);
    return meter.read();
  }

  private void create(String id, Optional<Instant> end) {
    Await.result(
        store
            .threads()
            .create(
                ChatThread.builder()
                    .id(ThreadId.of(id))
                    .userId(USER)
                    .name("Trip")
                    .expiresAt(end)
                    .build()));
  }

  private void favorite(ThreadId thread) {
    if (Await.result(store.threads().find(thread)).isEmpty()) {
      create(thread.value(), Optional.of(END));
    }
    Step step =
        Await.result(
            store
                .steps()
                .upsert(
                    Step.userMessage(thread, StepId.of(UUID.randomUUID().toString()), "Where?")));
    Await.result(
        store
            .steps()
            .update(
                thread,
                step.id(),
                Patch.set(
                    StepAttributes.METADATA, JsonObject.of(Step.FAVORITE, JsonValue.of(true)))));
  }
}
