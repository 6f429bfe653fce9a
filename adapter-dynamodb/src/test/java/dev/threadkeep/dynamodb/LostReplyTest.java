package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The reply to the first write is lost between engine and client, and the SDK sends the write again
 * on its own: as an embedder's client is, when nothing is configured.
 */
class LostReplyTest extends FaultyProxyTest {
  private final UserId owner = Fresh.user();
  private DynamoDbAsyncClient retrying;
  private DataStore patient;

  @BeforeEach
  void openRetrying() throws IOException {
    retrying = DynamoDbLocal.clientBuilder(proxy.endpoint()).build();
    patient = DynamoDbDataStore.builder(retrying, TABLE).clock(clock).build();
    AtomicBoolean lost = new AtomicBoolean();
    proxy.set(
        (operation, request, engine) -> {
          FaultyProxy.Reply reply = engine.get();
          return lost.compareAndSet(false, true) ? Optional.empty() : Optional.of(reply);
        });
  }

  @AfterEach
  void closeRetrying() {
    retrying.close();
  }

  @Test
  void createShouldGiveTheThreadThatItCreated() {
    ChatThread created =
        Await.result(
            patient
                .threads()
                .create(ChatThread.builder().id(thread).userId(owner).name("Trip").build()));

    assertThat(proxy.operations()).isEqualTo(Collections.nCopies(2, "UpdateItem"));
    assertThat(created.name()).contains("Trip");
    assertThat(Await.result(UNDISTURBED.threads().find(thread))).contains(created);
  }

  @Test
  void createShouldStillBeRefusedWhereTheThreadIsSomebodyElses() {
    Await.result(
        UNDISTURBED.threads().create(ChatThread.builder().id(thread).userId(Fresh.user()).build()));

    Await.refused(
        ErrorCode.ALREADY_EXISTS,
        "thread " + thread + " already exists",
        () -> patient.threads().create(ChatThread.builder().id(thread).userId(owner).build()));
    assertThat(proxy.operations()).hasSize(2);
  }

  @Test
  void createShouldGiveTheThreadThatItCompleted() {
    new RawTable(TABLE)
        .put(
            "THREAD#" + thread,
            "THREAD",
            "{'id': {'S': '%s'}, 'createdAt': {'S': '2025-01-01T00:00:00.000000Z'}}"
                .formatted(thread));
    AtomicInteger updates = new AtomicInteger();
    proxy.set(
        (operation, request, engine) -> {
          FaultyProxy.Reply reply = engine.get();
          return updates.incrementAndGet() == 2 ? Optional.empty() : Optional.of(reply);
        });

    ChatThread created =
        Await.result(
            patient.threads().create(ChatThread.builder().id(thread).userId(owner).build()));

    assertThat(updates).as("the creation, the completion, and that again").hasValue(3);
    assertThat(created.userId()).contains(owner);
    assertThat(Await.result(UNDISTURBED.threads().find(thread))).contains(created);
  }

  @Test
  void upsertShouldWriteMetadataOnce() {
    Step written =
        Step.builder()
            .id(step)
            .threadId(thread)
            .metadata(JsonObject.of("a", JsonValue.of(1)).with("b", JsonValue.Null.NULL))
            .build();

    Step stored = Await.result(patient.steps().upsert(written));

    assertThat(proxy.operations()).isEqualTo(Collections.nCopies(2, "UpdateItem"));
    assertThat(stored.metadata()).contains(JsonObject.of("a", JsonValue.of(1)));
  }

  @Test
  void updateShouldMergeMetadataOnceThoughItWasText() {
    new RawTable(TABLE)
        .put(
            "THREAD#" + thread,
            "STEP#" + step,
            "{'id': {'S': '%s'}, 'metadata': {'S': '{}'}}".formatted(step));

    Step changed =
        Await.result(
            patient
                .steps()
                .update(
                    thread,
                    step,
                    Patch.set(StepAttributes.METADATA, JsonObject.of("a", JsonValue.of(1)))));

    assertThat(changed.metadata()).contains(JsonObject.of("a", JsonValue.of(1)));
  }
}
