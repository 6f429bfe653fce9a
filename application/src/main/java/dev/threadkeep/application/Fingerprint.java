package dev.threadkeep.application;

import dev.threadkeep.domain.ElementAttributes;
import dev.threadkeep.domain.EntitySchema;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hash of an item's content, by which two stores are compared: SHA-256 of its JSON with sorted
 * names, and of its place in lists. An attribute that is null is as good as absent.
 */
final class Fingerprint {
  private final MessageDigest digest = sha256();

  private Fingerprint() {}

  static String of(StoredItem item) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(content(item));
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has this algorithm
    }
  }

  private static JsonObject content(StoredItem item) {
    if (item instanceof StoredItem.OfUser it) {
      JsonObject user = UserAttributes.SCHEMA.toJson(it.user());
      // One store keeps an empty object for readers who want one.
      boolean isEmpty = user.get(EntitySchema.METADATA).equals(Optional.of(JsonObject.empty()));
      return content(isEmpty ? user.without(EntitySchema.METADATA) : user, Optional.empty());
    } else if (item instanceof StoredItem.OfThread it) {
      return content(ThreadAttributes.SCHEMA.toJson(it.thread()), it.place());
    } else if (item instanceof StoredItem.OfStep it) {
      return content(StepAttributes.SCHEMA.toJson(it.step()), it.feedbackPlace());
    } else if (item instanceof StoredItem.OfElement it) {
      return content(ElementAttributes.SCHEMA.toJson(it.element()), Optional.empty());
    }
    return JsonObject.of("unreadable", JsonValue.of(((StoredItem.Unreadable) item).what()));
  }

  private static JsonObject content(JsonObject entity, Optional<Timestamp> place) {
    JsonObject content = JsonObject.of("entity", JsonObject.empty().merge(entity));
    return place.map(it -> content.with("place", JsonValue.of(it.text()))).orElse(content);
  }

  private void add(JsonValue value) {
    if (value instanceof JsonObject object) {
      add("{");
      new TreeMap<>(object.members())
          .forEach(
              (name, member) -> {
                addText(name);
                add(":");
                add(member);
                add(",");
              });
      add("}");
    } else if (value instanceof JsonValue.Array array) {
      add("[");
      array
          .items()
          .forEach(
              item -> {
                add(item);
                add(",");
              });
      add("]");
    } else if (value instanceof JsonValue.Text text) {
      addText(text.value());
    } else if (value instanceof JsonValue.Num number) {
      add(number.text());
    } else {
      add(value instanceof JsonValue.Bool flag ? String.valueOf(flag.value()) : "null");
    }
  }

  private void addText(String text) {
    add("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
