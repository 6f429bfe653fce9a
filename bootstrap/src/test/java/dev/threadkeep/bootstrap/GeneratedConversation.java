package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as a Chainlit application has it, from which either side writes it.
 *
 * @param thread its id, userId, name, tags and metadata
 * @param steps as they are made
 * @param updates of some of the steps: what a step is told later
 * @param elements with the content of their files
 * @param feedback of some of the steps
 */
record GeneratedConversation(
    JsonObject thread,
    List<JsonObject> steps,
    List<JsonObject> updates,
    List<JsonObject> elements,
    List<JsonObject> feedback) {
  private static final List<String> MESSAGES =
      List.of("user_message", "assistant_message", "system_message");
  private static final List<String> OTHER_STEPS =
      List.of("run", "tool", "llm", "embedding", "retrieval", "rerank", "undefined");
  private static final List<String> ELEMENTS =
      List.of(
          "image",
          "text",
          "pdf",
          "tasklist",
          "audio",
          "video",
          "file",
          "plotly",
          "dataframe",
          "custom");

  /** What Python calls attributes of an element, and how they are stored. */
  private static final Map<String, String> STORED_NAMES =
      Map.of(
          "thread_id", "threadId",
          "for_id", "forId",
          "auto_play", "autoPlay",
          "player_config", "playerConfig");

  String id() {
    return Json.text(thread, "id");
  }

  String owner() {
    return Json.text(thread, "userId");
  }

  /** Another one: each type of step and some types of elements, in an order of their own. */
  static GeneratedConversation of(HostileValues values, String owner) {
    String id = values.id();
    List<JsonObject> steps = new ArrayList<>();
    MESSAGES.forEach(type -> steps.add(message(values, id, type, steps.size())));
    OTHER_STEPS.forEach(type -> steps.add(otherStep(values, id, type, steps.size())));

    List<JsonObject> updates = new ArrayList<>();
    List<JsonObject> elements = new ArrayList<>();
    List<JsonObject> feedback = new ArrayList<>();
    for (JsonObject step : steps) {
      if (values.chance(0.4)) {
        updates.add(update(values, step));
      }
      if (values.chance(0.3)) {
        feedback.add(feedback(values, step));
      }
      if (values.chance(0.4)) {
        elements.add(element(values, step, ELEMENTS.get(values.number(ELEMENTS.size()))));
      }
    }
    return new GeneratedConversation(thread(values, id, owner), steps, updates, elements, feedback);
  }

  /** An element as it is stored, as far as its maker says what it is. */
  static JsonObject stored(JsonObject element) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    element
        .without("content")
        .members()
        .forEach((name, value) -> members.put(STORED_NAMES.getOrDefault(name, name), value));
    return new JsonObject(members);
  }

  private static JsonObject thread(HostileValues values, String id, String owner) {
    return Json.object(
        "id", id,
        "userId", owner,
        "name", values.word(),
        "tags", values.wordsOrNull(),
        "metadata", values.object());
  }

  private static JsonObject message(HostileValues values, String thread, String type, int number) {
    String time = time(values, number);
    return Json.object(
        "id",
        values.id(),
        "threadId",
        thread,
        "parentId",
        values.chance(0.5) ? values.id() : JsonValue.Null.NULL,
        "createdAt",
        time,
        "command",
        values.chance(0.3) ? values.word() : JsonValue.Null.NULL,
        "modes",
        values.chance(0.3) ? Json.object("mode", values.word()) : JsonValue.Null.NULL,
        "start",
        time,
        "end",
        time,
        "output",
        values.text(),
        "name",
        values.word(),
        "type",
        type,
        "language",
        values.chance(0.3) ? "markdown" : JsonValue.Null.NULL,
        "streaming",
        values.chance(0.2),
        "isError",
        values.flagOrNull(),
        "waitForAnswer",
        values.flagOrNull(),
        "metadata",
        metadata(values),
        "tags",
        values.wordsOrNull());
  }

  private static JsonObject otherStep(
      HostileValues values, String thread, String type, int number) {
    JsonObject step =
        Json.object(
            "name", values.word(),
            "type", type,
            "id", values.id(),
            "threadId", thread,
            "parentId", values.chance(0.5) ? values.id() : JsonValue.Null.NULL,
            "streaming", false,
            "metadata", metadata(values),
            "tags", values.wordsOrNull(),
            "input", values.text(),
            "isError", values.chance(0.1),
            "output", "",
            "createdAt", time(values, number),
            "start", values.chance(0.8) ? time(values, number) : JsonValue.Null.NULL,
            "end", JsonValue.Null.NULL,
            "language", values.chance(0.3) ? "json" : JsonValue.Null.NULL,
            "defaultOpen", values.flagOrNull(),
            "autoCollapse", values.flagOrNull(),
            "showInput", values.chance(0.5) ? "json" : values.chance(0.5),
            "generation", values.objectOrNull());
    return values.chance(0.2) ? step.with("of a later Chainlit", values.object()) : step;
  }

  /** What an update says: the whole step again with another end, as Chainlit does it. */
  private static JsonObject update(HostileValues values, JsonObject step) {
    return Json.over(
        step,
        Json.object(
            "output", values.text(),
            "end", time(values, 50),
            "isError", values.chance(0.2),
            "tags", JsonValue.Null.NULL));
  }

  private static JsonObject feedback(HostileValues values, JsonObject step) {
    return Json.object(
        "forId", Json.text(step, "id"),
        "threadId", Json.text(step, "threadId"),
        "value", values.number(2),
        "comment", values.textOrNull());
  }

  private static JsonObject element(HostileValues values, JsonObject step, String type) {
    JsonObject element =
        Json.object(
            "id", values.id(),
            "thread_id", Json.text(step, "threadId"),
            "for_id", Json.text(step, "id"),
            "type", type,
            "name", values.word(),
            "display", values.oneOf(List.of("inline", "side", "page")),
            "mime", "text/plain",
            "content", "content " + values.text());
    return switch (type) {
      case "image", "plotly", "dataframe" ->
          element.with("size", JsonValue.of(values.oneOf(List.of("small", "medium", "large"))));
      case "text" -> element.with("language", JsonValue.of("java"));
      case "pdf" -> element.with("page", JsonValue.of(1 + values.number(9)));
      case "audio" -> element.with("auto_play", JsonValue.of(values.chance(0.5)));
      case "video" -> element.with("player_config", values.objectOfFloats());
      case "custom" -> element.with("props", values.objectOfFloats()).without("content");
      default -> element;
    };
  }

  private static JsonObject metadata(HostileValues values) {
    return values.chance(0.1) ? JsonObject.empty() : values.object();
  }

  /** A minute of its own for each step; six digits, three, or none as Python has it for zero. */
  private static String time(HostileValues values, int minute) {
    return "2026-03-01T10:%02d:0%d%sZ"
        .formatted(
            minute, values.number(10), values.oneOf(List.of("", ".5", ".000001", ".993908")));
  }
}
