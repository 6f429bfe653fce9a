package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One UpdateItem in the making: what it sets and removes, and under which conditions. Names and
 * values stand behind placeholders, so that any text is possible.
 */
final class Update {
  /** The longest expression that DynamoDB takes, in bytes; ours are ASCII. */
  private static final int EXPRESSION_BYTES = 4_096;

  private final Placeholders placeholders = new Placeholders();
  private final List<String> sets = new ArrayList<>();
  private final List<String> removes = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();

  /**
   * Writes an entity over one that may be there: what is written once stays, an empty value does
   * not replace another one, and all else is replaced.
   *
   * @param item what to write, without metadata that is to be merged
   * @param once the attributes that stay when they are there
   */
  static Update upsert(Map<String, AttributeValue> item, Set<String> once) {
    Update update = new Update();
    item.forEach(
        (name, value) -> {
          if (once.contains(name) || JsonConverter.isEmpty(value)) {
            update.setIfMissing(name, value);
          } else if (!Keys.ATTRIBUTES.contains(name)) {
            update.set(name, value);
          }
        });
    return update;
  }

  /**
   * Changes an entity: a null clears an attribute, all else replaces it.
   *
   * @param changes what to change, without metadata that is to be merged
   */
  static Update patch(ItemSchema<?, ?> schema, Map<String, AttributeValue> changes) {
    Update update = new Update();
    changes.forEach(
        (name, value) -> {
          if (!JsonConverter.isNull(value)) {
            update.set(name, value);
          } else {
            schema
                .standIn(name)
                .ifPresentOrElse(standIn -> update.set(name, standIn), () -> update.remove(name));
          }
        });
    return update;
  }

  /** Makes one object of attributes of another one. */
  static Update difference(JsonObject before, JsonObject after) {
    Update update = new Update();
    after
        .members()
        .forEach(
            (name, value) -> {
              if (!before.get(name).equals(Optional.of(value))) {
                update.set(name, JsonConverter.toAttribute(value));
              }
            });
    before.members().keySet().stream()
        .filter(name -> after.get(name).isEmpty())
        .forEach(update::remove);
    return update;
  }

  Update set(String attribute, AttributeValue value) {
    return setTo(attribute, value(value));
  }

  /** Sets an attribute to what stands behind a placeholder, made by {@link #value}. */
  Update setTo(String attribute, String placeholder) {
    sets.add(name(attribute) + "=" + placeholder);
    return this;
  }

  /** Sets an attribute, unless there is one. */
  Update setIfMissing(String attribute, AttributeValue value) {
    String name = name(attribute);
    sets.add(name + "=if_not_exists(" + name + "," + value(value) + ")");
    return this;
  }

  Update remove(String attribute) {
    removes.add(name(attribute));
    return this;
  }

  /** Sets a member of an attribute that is a map. */
  Update setMember(String attribute, String member, AttributeValue value) {
    sets.add(name(attribute) + "." + name(member) + "=" + value(value));
    return this;
  }

  /** Removes a member of an attribute that is a map. */
  Update removeMember(String attribute, String member) {
    removes.add(name(attribute) + "." + name(member));
    return this;
  }

  /** Adds a condition; all of them must hold. It is made of {@link #name} and {@link #value}. */
  Update onlyIf(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Adds the condition that an attribute is there. */
  Update onlyIfHas(String attribute) {
    return onlyIf("attribute_exists(" + name(attribute) + ")");
  }

  /** Adds the condition that an attribute is not there. */
  Update onlyIfMissing(String attribute) {
    return onlyIf("attribute_not_exists(" + name(attribute) + ")");
  }

  /** Adds the condition that an attribute is as it was seen, there or not. */
  Update onlyIfStill(String attribute, @Nullable AttributeValue seen) {
    return seen == null ? onlyIfMissing(attribute) : onlyIf(name(attribute) + "=" + value(seen));
  }

  /** The placeholder of a name. */
  String name(String name) {
    return placeholders.name(name);
  }

  /** A placeholder of a value. */
  String value(AttributeValue value) {
    return placeholders.value(value);
  }

  /** Whether DynamoDB takes an expression of this length. */
  boolean fits() {
    return expression().length() <= EXPRESSION_BYTES;
  }

  /** The request, but for its table and key. */
  UpdateItemRequest.Builder request() {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .updateExpression(expression())
            .expressionAttributeNames(placeholders.names());
    if (!placeholders.values().isEmpty()) {
      request.expressionAttributeValues(placeholders.values());
    }
    if (!conditions.isEmpty()) {
      request.conditionExpression(String.join(" AND ", conditions));
    }
    return request;
  }

  private String expression() {
    String set = sets.isEmpty() ? "" : "SET " + String.join(",", sets);
    return removes.isEmpty() ? set : set + " REMOVE " + String.join(",", removes);
  }
}
