package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class DynamoDbDataStoreTest {
  private final String table = DynamoDbLocal.createTable();

  @Test
  void closeShouldLeaveTheClientOpen() {
    try (DynamoDbAsyncClient client =
        DynamoDbLocal.clientBuilder(DynamoDbLocal.endpoint()).build()) {
      DataStore store = DynamoDbDataStore.builder(client, table).build();
      Await.result(store.users().find(Fresh.user()));

      store.close();

      assertThat(Await.result(store.users().find(Fresh.user()))).isEmpty();
    }
  }

  @Test
  void timesShouldBeTheSystemsWhenNoClockIsGiven() {
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();
    Instant before = Instant.now().minusSeconds(1);

    ChatThread thread =
        Await.result(store.threads().create(ChatThread.builder().id(Fresh.thread()).build()));

    assertThat(thread.createdAt().flatMap(Timestamp::instant).orElseThrow())
        .isBetween(before, Instant.now());
  }

  @Test
  void aThreadOfManyPagesShouldBeLoadedAndDeletedWhole() {
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();
    ThreadId thread = Fresh.thread();
    Await.result(store.threads().create(ChatThread.builder().id(thread).build()));
    String text = "x".repeat(60_000);
    Await.results(
        IntStream.range(0, 40)
            .mapToObj(i -> store.steps().upsert(Step.userMessage(thread, StepId.of("s" + i), text)))
            .toList());

    Conversation loaded = Await.result(store.threads().load(thread)).orElseThrow();

    assertThat(loaded.steps()).hasSize(40).allMatch(it -> it.output().orElseThrow().equals(text));
    assertThat(Await.result(store.threads().delete(thread)).items()).isEqualTo(41);
    assertThat(Await.result(store.threads().findAll(List.of(thread)))).isEmpty();
  }

  @Test
  void moreFilesThanAThreadCanRememberShouldNotKeepItFromBeingDeleted() {
    DataStore store = DynamoDbDataStore.builder(DynamoDbLocal.client(), table).build();
    JsonObject notes = JsonObject.of("notes", JsonValue.of("x".repeat(300_000)));
    for (ChatThread.Builder thread :
        List.of(ChatThread.builder(), ChatThread.builder().metadata(notes))) {
      ThreadId id = Fresh.thread();
      Await.result(store.threads().create(thread.id(id).build()));
      Await.all(
          IntStream.range(0, 250)
              .mapToObj(
                  i ->
                      Element.builder()
                          .threadId(id)
                          .id(ElementId.of("e" + i))
                          .objectKey(BlobKey.of("u/" + "k".repeat(1_000) + i))
                          .build())
              .map(it -> (Supplier<CompletionStage<Element>>) () -> store.elements().upsert(it))
              .toList());

      assertThat(Await.result(store.threads().clear(id)).files()).hasSize(250);
      assertThat(Await.result(store.threads().clear(id)).files())
          .hasSizeLessThan(250)
          .hasSize(thread.build().metadata().isPresent() ? 0 : 203);
      assertThat(Await.result(store.threads().delete(id)).items()).isEqualTo(1);
    }
  }
}
