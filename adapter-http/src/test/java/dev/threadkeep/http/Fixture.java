package dev.threadkeep.http;

import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Chainlit's own data layer wrote, and what it answered for it. */
final class Fixture {
  private static final List<String> KEYS = List.of("PK", "SK", "UserThreadPK", "UserThreadSK");

  private final JsonObject file;

  Fixture() {
    try (InputStream in = Fixture.class.getResourceAsStream("/chainlit-table.json")) {
      file = (JsonObject) JsonText.parse(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Its own answers for its threads, by their ids, without the key attributes. */
  Map<String, JsonObject> conversations() {
    Map<String, JsonObject> conversations = new LinkedHashMap<>();
    ((JsonObject) file.get("getThread").orElseThrow())
        .members()
        .forEach(
            (id, json) -> {
              JsonObject thread = withoutKeys((JsonObject) json);
              conversations.put(
                  id,
                  thread
                      .with("steps", listWithoutKeys(thread, "steps"))
                      .with("elements", listWithoutKeys(thread, "elements")));
            });
    return conversations;
  }

  /** Puts all items into a store. */
  void load(InMemoryDataStore store) {
    for (JsonValue item : ((JsonValue.Array) file.get("items").orElseThrow()).items()) {
      JsonObject stored = (JsonObject) plain(JsonObject.of("M", item));
      String sort = text(stored, "SK");
      JsonObject attributes = withoutKeys(stored);
      if (sort.equals("USER")) {
        store.seedUser(attributes);
      } else if (sort.equals("THREAD")) {
        String place = text(stored, "UserThreadSK").substring("TS#".length());
        store.seedThread(attributes, new Timestamp(place));
      } else if (sort.startsWith("STEP#")) {
        store.seedStep(attributes);
      } else {
        store.seedElement(attributes);
      }
    }
  }

  private static JsonValue.Array listWithoutKeys(JsonObject thread, String name) {
    return new JsonValue.Array(
        ((JsonValue.Array) thread.get(name).orElseThrow())
            .items().stream().<JsonValue>map(it -> withoutKeys((JsonObject) it)).toList());
  }

  private static JsonObject withoutKeys(JsonObject json) {
    JsonObject rest = json;
    for (String key : KEYS) {
      rest = rest.without(key);
    }
    return rest;
  }

  private static String text(JsonObject json, String name) {
    return ((JsonValue.Text) json.get(name).orElseThrow()).value();
  }

  /** The value that DynamoDB's JSON stands for. */
  private static JsonValue plain(JsonObject typed) {
    Map.Entry<String, JsonValue> only = typed.members().entrySet().iterator().next();
    JsonValue value = only.getValue();
    return switch (only.getKey()) {
      case "N" -> JsonValue.of(new BigDecimal(((JsonValue.Text) value).value()));
      case "NULL" -> JsonValue.Null.NULL;
      case "L" ->
          new JsonValue.Array(
              ((JsonValue.Array) value)
                  .items().stream().map(it -> plain((JsonObject) it)).toList());
      case "M" -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        ((JsonObject) value)
            .members()
            .forEach((name, member) -> members.put(name, plain((JsonObject) member)));
        yield new JsonObject(members);
      }
      default -> value;
    };
  }
}
