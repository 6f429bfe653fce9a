package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The list of a user's threads as Chainlit's layer gives it. */
final class TheirList {
  /** It takes these characters from both ends of a thread's id, whatever the id is. */
  private static final String STRIPPED = "THREAD#";

  private TheirList() {}

  /** All pages after each other. */
  static List<JsonValue> of(ChainlitLayer theirs, String user) {
    List<JsonValue> threads = new ArrayList<>();
    JsonValue cursor = JsonValue.Null.NULL;
    do {
      JsonValue page = theirs.call("list_threads", "userId", user, "cursor", cursor);
      threads.addAll(Json.list(page, "data"));
      cursor = Json.member(Json.member(page, "pageInfo"), "endCursor");
    } while (!(cursor instanceof JsonValue.Null));
    return threads;
  }

  /** What it makes of a thread, of whose id it loses characters. */
  static JsonValue entry(ThreadSummary thread) {
    return Json.object(
        "id", strip(thread.id().value()),
        "createdAt", thread.updatedAt().text(),
        "name", thread.name().<JsonValue>map(JsonValue::of).orElse(JsonValue.Null.NULL));
  }

  /** The same of a thread that was never active after it was made. */
  static JsonValue entry(JsonObject thread) {
    return Json.object(
        "id", strip(Json.text(thread, "id")),
        "createdAt", Json.member(thread, "createdAt"),
        "name", thread.get("name").orElse(JsonValue.Null.NULL));
  }

  private static String strip(String id) {
    int start = 0;
    int end = id.length();
    while (start < end && STRIPPED.indexOf(id.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && STRIPPED.indexOf(id.charAt(end - 1)) >= 0) {
      end--;
    }
    return id.substring(start, end);
  }
}
