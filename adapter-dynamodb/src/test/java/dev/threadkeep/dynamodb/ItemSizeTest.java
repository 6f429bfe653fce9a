package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Our size of an item, held to the engine's: at the limit it is taken, a byte more is not. */
class ItemSizeTest {
  private static final String TABLE = DynamoDbLocal.createTable();
  private static final DataStore STORE =
      DynamoDbDataStore.builder(DynamoDbLocal.client(), TABLE).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''''                | 0",
        "'abc'               | 3",
        "'é'                 | 2",
        "'😀日'              | 7",
        "true                | 1",
        "null                | 1",
        "0                   | 1",
        "1                   | 2",
        "12                  | 2",
        "123                 | 3",
        "-123                | 4",
        "1000                | 2",
        "0.001               | 2",
        "1.5                 | 3",
        "120.5               | 4",
        "1.25E-7             | 3",
        "12345678901234567890123456789012345678 | 20",
        "{}                  | 3",
        "[]                  | 3",
        "{'a': 'b'}          | 6",
        "['b']               | 5",
        "{'a': {}, 'bc': [1]} | 17",
      },
      quoteCharacter = '`')
  void sizesShouldBeThoseOfTheEngine(String json, long size) {
    String text = json.equals("''''") ? "''" : json;
    AttributeValue value = JsonConverter.toAttribute(JsonText.parse(text.replace('\'', '"')));

    assertThat(ItemSize.of(Map.of("v", value))).isEqualTo(1 + size);
    assertLimitOfEngine(value);
  }

  @Test
  void setsAndBinariesOfOthersShouldHaveASize() {
    for (AttributeValue value :
        List.of(
            AttributeValue.fromSs(List.of("a", "bé")),
            AttributeValue.fromNs(List.of("1", "-1")),
            AttributeValue.fromB(SdkBytes.fromUtf8String("abc")),
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("abc"))))) {
      assertLimitOfEngine(value);
    }
  }

  @Test
  void aStepAtTheLimitShouldBeWrittenAndOneOfAByteMoreRefused() {
    Step small = step("");
    Await.result(STORE.steps().upsert(small));
    long room =
        ItemSize.LIMIT
            - ItemSize.of(
                new RawTable(TABLE).get("THREAD#" + small.threadId(), "STEP#" + small.id()));

    Step largest = Step.builder().from(small).output("x".repeat((int) room)).build();
    Await.result(STORE.steps().upsert(largest));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "output: %,d bytes; the step would have 409,601 bytes, at most 409,600".formatted(room + 1),
        () ->
            STORE
                .steps()
                .upsert(Step.builder().from(small).output("x".repeat((int) room + 1)).build()));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "steps[1].output: %,d bytes; the step would have 409,601 bytes".formatted(room + 1),
        () ->
            STORE
                .steps()
                .upsertAll(
                    List.of(
                        step("never written"),
                        Step.builder().from(small).output("x".repeat((int) room + 1)).build())));
    assertThat(Await.result(STORE.steps().find(small.threadId(), small.id())).orElseThrow())
        .isEqualTo(largest);
  }

  @Test
  void theEngineShouldRefuseAContainerMoreThanWeAllow() {
    put(nested(31), 0);

    assertThatThrownBy(() -> put(nested(32), 0))
        .hasMessageContaining("Nesting Levels have exceeded supported limits");
  }

  private static Map<String, AttributeValue> nested(int containers) {
    AttributeValue value = AttributeValue.fromL(List.of());
    for (int i = 1; i < containers; i++) {
      value = AttributeValue.fromL(List.of(value));
    }
    return Map.of("PK", AttributeValue.fromS("DEEP"), "SK", AttributeValue.fromS("x"), "v", value);
  }

  /** Fills an item beside the value to the limit, as we count, and then with a byte more. */
  private static void assertLimitOfEngine(AttributeValue value) {
    ItemKey key = new ItemKey("SIZE", Fresh.text());
    Map<String, AttributeValue> empty =
        Map.of(
            "PK", AttributeValue.fromS(key.partition()),
            "SK", AttributeValue.fromS(key.sort()),
            "v", value,
            "fill", AttributeValue.fromS(""));
    int room = (int) (ItemSize.LIMIT - ItemSize.of(empty));
    put(empty, room);
    assertThatThrownBy(() -> put(empty, room + 1)).hasMessageContaining("Item size has exceeded");
  }

  private static void put(Map<String, AttributeValue> item, int fill) {
    Map<String, AttributeValue> filled = new HashMap<>(item);
    filled.put("fill", AttributeValue.fromS("x".repeat(fill)));
    DynamoDbLocal.client().putItem(it -> it.tableName(TABLE).item(filled)).join();
  }

  private static Step step(String output) {
    return Step.builder()
        .id(Fresh.step())
        .threadId(Fresh.thread())
        .output(output)
        .name("")
        .createdAt(new Timestamp("2026-03-01T00:00:00.000000Z"))
        .metadata(JsonObject.of("tokens", JsonValue.of(12_345)))
        .build();
  }
}
