package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.dynamodb.RawTable;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table that Chainlit's Python layer wrote, served by the whole server as that layer reads it.
 */
class ChainlitTableTest {
  private static final Set<String> KEYS = Set.of("PK", "SK", "UserThreadPK", "UserThreadSK");

  /** What the storage of their test added to an address to say that it was signed. */
  private static final String SIGNED = "?signed";

  @TempDir private Path folder;

  @Test
  void theirTableShouldBeServedCompletely() throws Exception {
    JsonObject fixture = fixture();
    String table = DynamoDbLocal.createTable();
    RawTable raw = new RawTable(table);
    list(fixture, "items").forEach(raw::put);

    try (ServerProcess server = ServerProcess.start(folder, Engine.environment(table))) {
      Map<String, JsonValue> theirs = object(fixture, "getThread").members();
      for (Map.Entry<String, JsonValue> thread : theirs.entrySet()) {
        assertThat(comparable(get(server, "/project/thread/" + thread.getKey())))
            .isEqualTo(comparable(thread.getValue()));
      }

      List<String> alices =
          theirs.entrySet().stream()
              .filter(it -> ((JsonObject) it.getValue()).get("userId").equals(text("alice")))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(list(get(server, "/v1/users/alice/threads?first=100"), "data"))
          .extracting(it -> ((JsonValue.Text) member((JsonObject) it, "id")).value())
          .hasSize(5)
          .containsExactlyInAnyOrderElementsOf(alices);
    }
  }

  private static JsonObject get(ServerProcess server, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("Authorization", "Bearer " + Engine.SERVICE_TOKEN)
            .build();
    return (JsonObject)
        JsonText.parse(HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body());
  }

  /**
   * Without key attributes and signatures, and with the numbers that Python makes of exact ones.
   */
  private static JsonValue comparable(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, JsonValue> members = new HashMap<>();
      object.members().forEach((name, member) -> members.put(name, comparable(member)));
      members.keySet().removeAll(KEYS);
      return new JsonObject(members);
    } else if (value instanceof JsonValue.Array array) {
      return new JsonValue.Array(array.items().stream().map(it -> comparable(it)).toList());
    } else if (value instanceof JsonValue.Num number) {
      return JsonValue.of(BigDecimal.valueOf(number.value().doubleValue()));
    } else if (value instanceof JsonValue.Text text && text.value().endsWith(SIGNED)) {
      return JsonValue.of(text.value().substring(0, text.value().length() - SIGNED.length()));
    }
    return value;
  }

  private static JsonObject fixture() throws IOException {
    try (InputStream file = ChainlitTableTest.class.getResourceAsStream("/chainlit-table.json")) {
      return (JsonObject) JsonText.parse(file.readAllBytes());
    }
  }

  private static JsonValue member(JsonObject object, String name) {
    return object.get(name).orElseThrow();
  }

  private static JsonObject object(JsonObject object, String name) {
    return (JsonObject) member(object, name);
  }

  private static List<JsonValue> list(JsonObject object, String name) {
    return ((JsonValue.Array) member(object, name)).items();
  }

  private static Optional<JsonValue> text(String value) {
    return Optional.of(JsonValue.of(value));
  }
}
