package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.FeedbackAttributes;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A conversation that Threadkeep has written, and what is in the table then. */
final class OurConversation {
  private static final String METADATA = EntitySchema.METADATA;
  private static final BlobKeys KEYS = BlobKeys.withoutPrefix();

  private final GeneratedConversation generated;
  private final SameTable table;
  private final ThreadId id;
  private final Map<String, JsonValue> steps = new LinkedHashMap<>();
  private final Map<String, JsonValue> elements = new LinkedHashMap<>();
  private final Map<String, String> contents = new HashMap<>();
  private JsonObject thread = JsonObject.empty();

  private OurConversation(GeneratedConversation generated, SameTable table) {
    this.generated = generated;
    this.table = table;
    id = ThreadId.of(generated.id());
  }

  /** Writes all of it; the first step is a favourite then, and the last element has no file. */
  static OurConversation write(SameTable table, GeneratedConversation generated) {
    OurConversation written = new OurConversation(generated, table);
    written.create();
    generated.steps().forEach(written::create);
    generated.elements().forEach(written::store);
    generated.feedback().forEach(written::give);
    generated.updates().forEach(written::update);
    written.favor(generated.steps().get(0));
    written.linkElsewhere();
    return written;
  }

  String id() {
    return generated.id();
  }

  String owner() {
    return generated.owner();
  }

  GeneratedConversation generated() {
    return generated;
  }

  /** The element that has no file. */
  String link() {
    return "link of " + id();
  }

  /** The files of the elements that have one, by the ids of the elements. */
  Map<String, String> contents() {
    return contents;
  }

  /** The steps by their ids, to be changed by what others do. */
  Map<String, JsonValue> steps() {
    return steps;
  }

  /** The elements by their ids, to be changed by what others do. */
  Map<String, JsonValue> elements() {
    return elements;
  }

  /** The thread as its store gave it. */
  JsonObject thread() {
    return thread;
  }

  /** What there is now. */
  JsonObject expected() {
    return thread.with("steps", new JsonObject(steps)).with("elements", new JsonObject(elements));
  }

  /** Notes what somebody has made of a step. */
  void change(JsonObject step, UnaryOperator<JsonObject> change) {
    change(Json.text(step, "id"), change);
  }

  private void create() {
    JsonObject given = whole(Json.withoutNulls(generated.thread()));
    JsonObject created =
        ThreadAttributes.SCHEMA.toJson(
            Await.result(table.ours().threads().create(ThreadAttributes.SCHEMA.fromCaller(given))));
    thread =
        given
            .with("userIdentifier", JsonValue.of(owner()))
            .with("createdAt", Json.member(created, "createdAt"))
            .with("updatedAt", Json.member(created, "updatedAt"));
  }

  private void create(JsonObject spec) {
    JsonObject step = Json.withoutNulls(spec);
    Await.result(table.ours().steps().upsert(StepAttributes.SCHEMA.fromCaller(step)));
    steps.put(Json.text(spec, "id"), StepAttributes.SCHEMA.normalize(whole(step)));
  }

  private void store(JsonObject spec) {
    ElementId element = ElementId.of(Json.text(spec, "id"));
    String content =
        spec.get("content").isPresent()
            ? Json.text(spec, "content")
            : JsonText.write(Json.member(spec, "props"));
    BlobKey key = KEYS.ofElement(Optional.of(UserId.of(owner())), id, element);
    Await.result(
        table
            .files()
            .upload(
                key,
                ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)),
                UploadOptions.of("text/plain; charset=utf-8")));
    JsonObject stored = GeneratedConversation.stored(spec);
    upsert(
        Element.builder().from(ElementAttributes.SCHEMA.fromCaller(stored)).objectKey(key).build());
    contents.put(element.value(), content);
    elements.put(element.value(), stored.with("objectKey", JsonValue.of(key.value())));
  }

  /** An element that is somewhere else on the web, and belongs to no step. */
  private void linkElsewhere() {
    JsonObject element =
        Json.object(
            "id", link(), "threadId", id(), "type", "image", "url", "https://example.org/map.png");
    upsert(ElementAttributes.SCHEMA.fromCaller(element));
    elements.put(Json.text(element, "id"), element);
  }

  private void upsert(Element element) {
    Await.result(table.ours().elements().upsert(element));
  }

  private void give(JsonObject spec) {
    JsonObject given = Json.withoutNulls(spec);
    Await.result(table.ours().feedback().upsert(FeedbackAttributes.SCHEMA.fromCaller(given)));
    String step = Json.text(spec, "forId");
    JsonValue feedbackId = JsonValue.of(StoredFeedback.id(id(), step));
    change(step, now -> now.with("feedback", given.with("id", feedbackId)));
  }

  private void update(JsonObject spec) {
    Set<String> changed = Set.of("output", "end", "isError", "tags");
    Map<String, JsonValue> changes = new LinkedHashMap<>(spec.members());
    changes.keySet().retainAll(changed);
    JsonObject patch = StepAttributes.SCHEMA.normalize(new JsonObject(changes));
    patch(Json.text(spec, "id"), patch);
    change(Json.text(spec, "id"), now -> Json.withoutNulls(Json.over(now, patch)));
  }

  private void favor(JsonObject step) {
    JsonObject favorite = Json.object("favorite", true);
    patch(Json.text(step, "id"), JsonObject.of(METADATA, favorite));
    change(
        Json.text(step, "id"),
        now -> now.with(METADATA, Json.over((JsonObject) Json.member(now, METADATA), favorite)));
  }

  private void patch(String step, JsonObject changes) {
    Await.result(table.ours().steps().update(id, StepId.of(step), new Patch(changes)));
  }

  private void change(String step, UnaryOperator<JsonObject> change) {
    steps.computeIfPresent(step, (same, before) -> change.apply((JsonObject) before));
  }

  /** A member of metadata that is null is not there: that is what a merge makes of it. */
  private static JsonObject whole(JsonObject entity) {
    return entity.with(METADATA, Json.withoutNulls(Json.member(entity, METADATA)));
  }
}
