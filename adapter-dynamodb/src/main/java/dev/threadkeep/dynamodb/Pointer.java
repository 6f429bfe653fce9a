package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.AttributeType;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the whole of a large value is that a step keeps a preview of. The attribute {@link
 * #ATTRIBUTE} of its item maps names of attributes to pointers: {@code {"output": {"key": …,
 * "bytes": 5242880, "preview": "9f86…"}}}.
 *
 * @param key of the file that holds the value: a text as UTF-8, an object as JSON
 * @param bytes the size of that file
 * @param preview the hash of the preview. An attribute of another one was changed by a writer who
 *     knows nothing of pointers: then the attribute counts, and nothing needs the file any more
 */
record Pointer(BlobKey key, long bytes, String preview) {
  static final String ATTRIBUTE = EntitySchema.OWN_PREFIX + "Content";

  private static final String KEY = "key";
  private static final String BYTES = "bytes";
  private static final String PREVIEW = "preview";

  /** All pointers of a step, by the names of its attributes; what is malformed is none. */
  static Map<String, Pointer> allOf(JsonObject step) {
    Map<String, Pointer> pointers = new HashMap<>();
    if (step.get(ATTRIBUTE).orElse(JsonValue.Null.NULL) instanceof JsonObject all) {
      all.members()
          .forEach((name, json) -> read(json).ifPresent(pointer -> pointers.put(name, pointer)));
    }
    return pointers;
  }

  /** Those of the pointers that still count. */
  static Map<String, Pointer> validOf(JsonObject step) {
    Map<String, Pointer> pointers = allOf(step);
    pointers.entrySet().removeIf(it -> !it.getValue().fits(step.get(it.getKey())));
    return pointers;
  }

  /** The value of {@link #ATTRIBUTE}. */
  static JsonObject toJson(Map<String, Pointer> pointers) {
    Map<String, JsonValue> members = new HashMap<>();
    pointers.forEach(
        (name, pointer) ->
            members.put(
                name,
                JsonObject.of(KEY, JsonValue.of(pointer.key.value()))
                    .with(BYTES, JsonValue.of(pointer.bytes))
                    .with(PREVIEW, JsonValue.of(pointer.preview))));
    return new JsonObject(members);
  }

  private boolean fits(Optional<JsonValue> attribute) {
    return attribute.map(value -> Preview.hash(value).equals(preview)).orElse(false);
  }

  private static Optional<Pointer> read(JsonValue json) {
    if (!(json instanceof JsonObject pointer)) {
      return Optional.empty();
    }
    Optional<String> key = pointer.get(KEY).flatMap(AttributeType.NAME::read);
    Optional<Long> bytes = pointer.get(BYTES).flatMap(AttributeType.WHOLE::read);
    Optional<String> preview = pointer.get(PREVIEW).flatMap(AttributeType.NAME::read);
    return key.filter(it -> !it.isEmpty()).isPresent() && bytes.isPresent() && preview.isPresent()
        ? Optional.of(new Pointer(BlobKey.of(key.get()), bytes.get(), preview.get()))
        : Optional.empty();
  }
}
