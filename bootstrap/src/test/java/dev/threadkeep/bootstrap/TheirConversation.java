package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A conversation that Chainlit's layer has written, and what is in the table then. */
final class TheirConversation {
  private static final JsonObject NO_ELEMENT =
      Json.object(
          "url", JsonValue.Null.NULL,
          "chainlitKey", JsonValue.Null.NULL,
          "objectKey", JsonValue.Null.NULL,
          "size", JsonValue.Null.NULL,
          "props", JsonValue.Null.NULL,
          "page", JsonValue.Null.NULL,
          "autoPlay", JsonValue.Null.NULL,
          "playerConfig", JsonValue.Null.NULL,
          "language", JsonValue.Null.NULL);

  private final GeneratedConversation generated;
  private final SameTable table;
  private final Map<String, JsonValue> steps = new LinkedHashMap<>();
  private final Map<String, JsonValue> elements = new LinkedHashMap<>();
  private final Map<String, String> contents = new HashMap<>();

  private TheirConversation(GeneratedConversation generated, SameTable table) {
    this.generated = generated;
    this.table = table;
  }

  /** Writes as an application does: the first step of each conversation is a favourite then. */
  static TheirConversation write(SameTable table, GeneratedConversation generated) {
    TheirConversation written = new TheirConversation(generated, table);
    written.writeThread();
    generated.steps().forEach(written::create);
    generated.elements().forEach(written::create);
    generated.feedback().forEach(written::give);
    generated.updates().forEach(written::update);
    written.favor(generated.steps().get(0));
    return written;
  }

  String id() {
    return generated.id();
  }

  /** The text of an element's file. */
  String content(String element) {
    return contents.get(element);
  }

  /** What there is now, but for the time at which Chainlit made the thread. */
  JsonObject expected() {
    return Json.withoutNulls(generated.thread())
        .with("userIdentifier", JsonValue.of(generated.owner()))
        .with("steps", new JsonObject(steps))
        .with("elements", new JsonObject(elements));
  }

  /**
   * What Chainlit's client of S3 says where a file is; it is no address that anybody could open.
   */
  static JsonValue url(SameTable table, String objectKey) {
    return JsonValue.of("https://" + table.bucket() + ".s3.amazonaws.com/" + objectKey);
  }

  private void writeThread() {
    JsonObject thread = generated.thread();
    call(
        "update_thread",
        Json.object(
            "thread_id", Json.member(thread, "id"),
            "user_id", Json.member(thread, "userId"),
            "name", Json.member(thread, "name"),
            "tags", Json.member(thread, "tags"),
            "metadata", Json.member(thread, "metadata")));
  }

  private void create(JsonObject spec) {
    if (spec.get("for_id").isPresent()) {
      call("create_element", spec);
      JsonObject element = element(spec);
      elements.put(Json.text(spec, "id"), element);
      contents.put(
          Json.text(spec, "id"),
          spec.get("content").isPresent()
              ? Json.text(spec, "content")
              : JsonText.write(Json.member(spec, "props")));
    } else {
      call("create_step", Json.object("step_dict", spec));
      steps.put(Json.text(spec, "id"), spec);
    }
  }

  private void update(JsonObject step) {
    call("update_step", Json.object("step_dict", step));
    steps.computeIfPresent(
        Json.text(step, "id"),
        (id, before) -> Json.over((JsonObject) before, Json.withoutNulls(step)));
  }

  private void favor(JsonObject step) {
    String id = Json.text(step, "id");
    JsonObject now = Json.without(steps.get(id), Set.of("feedback"));
    call("set_step_favorite", Json.object("step_dict", now, "favorite", true));
    JsonObject metadata = (JsonObject) Json.member(now, "metadata");
    steps.put(
        id,
        ((JsonObject) steps.get(id))
            .with("metadata", metadata.with("favorite", JsonValue.of(true))));
  }

  private void give(JsonObject feedback) {
    call("upsert_feedback", feedback);
    String step = Json.text(feedback, "forId");
    JsonValue id = JsonValue.of(StoredFeedback.id(id(), step));
    steps.computeIfPresent(
        step, (same, before) -> ((JsonObject) before).with("feedback", feedback.with("id", id)));
  }

  private JsonObject element(JsonObject spec) {
    String key = generated.owner() + "/" + id() + "/" + Json.text(spec, "id");
    JsonObject element =
        Json.over(NO_ELEMENT, GeneratedConversation.stored(spec))
            .with("objectKey", JsonValue.of(key))
            .with("url", url(table, key));
    boolean isVideo = Json.text(spec, "type").equals("video");
    return isVideo ? element.with("size", JsonValue.of("medium")) : element;
  }

  private void call(String method, JsonObject arguments) {
    table.theirs().as(generated.owner(), id(), method, arguments);
  }
}
