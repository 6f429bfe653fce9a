package dev.threadkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that Chainlit's data layer wrote comes through our entities as it was. */
class ChainlitTableTest {
  private static final List<String> KEYS = List.of("PK", "SK", "UserThreadPK", "UserThreadSK");

  @ParameterizedTest
  @MethodSource
  void anItemShouldComeThroughItsEntityAsItWas(JsonObject item) {
    JsonObject stored = item;
    for (String key : KEYS) {
      stored = stored.without(key);
    }
    assertThat(throughItsEntity(schema(item), stored)).isEqualTo(stored);
  }

  @Test
  void theNumbersShouldKeepEveryDigit() {
    JsonObject metadata =
        ChainlitTable.read().items().stream()
            .filter(item -> schema(item) == StepAttributes.SCHEMA)
            .map(StepAttributes.SCHEMA::fromStored)
            .flatMap(step -> step.metadata().stream())
            .filter(it -> it.get("big").isPresent())
            .findAny()
            .orElseThrow();

    assertThat(metadata.members().values())
        .extracting(number -> ((JsonValue.Num) number).text())
        .containsExactlyInAnyOrder("3", "12345678901234567890", "1.25E-7");
  }

  @Test
  void aConversationShouldHaveTheStepsInChainlitsOrder() {
    List<Step> steps =
        ChainlitTable.read().items().stream()
            .filter(item -> schema(item) == StepAttributes.SCHEMA)
            .map(StepAttributes.SCHEMA::fromStored)
            .toList();
    List<JsonObject> threads = ChainlitTable.read().threads();
    assertThat(threads).isNotEmpty();
    for (JsonObject thread : threads) {
      ThreadId id = ThreadId.of(((JsonValue.Text) thread.get("id").orElseThrow()).value());
      List<String> order =
          ((JsonValue.Array) thread.get("steps").orElseThrow())
              .items().stream()
                  .map(step -> ((JsonObject) step).get("id").orElseThrow())
                  .map(stepId -> ((JsonValue.Text) stepId).value())
                  .toList();
      Conversation conversation =
          new Conversation(
              ChatThread.builder().id(id).build(),
              steps.stream().filter(step -> step.threadId().equals(id)).toList(),
              List.of(),
              0);

      assertThat(conversation.steps()).extracting(step -> step.id().value()).isEqualTo(order);
    }
  }

  static Stream<Named<JsonObject>> anItemShouldComeThroughItsEntityAsItWas() {
    List<JsonObject> items = ChainlitTable.read().items();
    assertThat(items).hasSize(48);
    return items.stream().map(item -> Named.of(text(item, "PK") + " " + text(item, "SK"), item));
  }

  private static EntitySchema<?, ?> schema(JsonObject item) {
    String key = text(item, "SK");
    if (key.equals("USER")) {
      return UserAttributes.SCHEMA;
    } else if (key.equals("THREAD")) {
      return ThreadAttributes.SCHEMA;
    }
    return key.startsWith("STEP#") ? StepAttributes.SCHEMA : ElementAttributes.SCHEMA;
  }

  private static <E> JsonObject throughItsEntity(EntitySchema<E, ?> schema, JsonObject stored) {
    return schema.toJson(schema.fromStored(stored));
  }

  private static String text(JsonObject item, String name) {
    return ((JsonValue.Text) item.get(name).orElseThrow()).value();
  }
}
