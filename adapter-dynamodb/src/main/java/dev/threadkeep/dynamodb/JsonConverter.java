package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * JSON as DynamoDB stores it. Numbers keep every digit. Sets and binary values, which only others
 * write, are read as arrays and base64.
 */
final class JsonConverter {
  private JsonConverter() {}

  /** The attribute value that JSON is stored as: of the types S, N, BOOL, NULL, L and M only. */
  static AttributeValue toAttribute(JsonValue json) {
    if (json instanceof JsonValue.Text text) {
      return AttributeValue.fromS(text.value());
    } else if (json instanceof JsonValue.Num number) {
      return AttributeValue.fromN(number.text());
    } else if (json instanceof JsonValue.Bool flag) {
      return AttributeValue.fromBool(flag.value());
    } else if (json instanceof JsonObject object) {
      return AttributeValue.fromM(toAttributes(object));
    } else if (json instanceof JsonValue.Array array) {
      return AttributeValue.fromL(array.items().stream().map(JsonConverter::toAttribute).toList());
    }
    return AttributeValue.fromNul(true);
  }

  /** The members of an object, each as it is stored. */
  static Map<String, AttributeValue> toAttributes(JsonObject object) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    object.members().forEach((name, value) -> attributes.put(name, toAttribute(value)));
    return attributes;
  }

  /** What an item holds beside its keys. */
  static JsonObject toObject(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(item);
    attributes.keySet().removeAll(Keys.HIDDEN);
    return object(attributes);
  }

  /** The JSON that an attribute value stands for. */
  static JsonValue toJson(AttributeValue value) {
    return switch (value.type()) {
      case S -> JsonValue.of(value.s());
      case N -> number(value.n());
      case BOOL -> JsonValue.of(value.bool());
      case M -> object(value.m());
      case L -> array(value.l(), JsonConverter::toJson);
      case SS -> array(value.ss(), JsonValue::of);
      case NS -> array(value.ns(), JsonConverter::number);
      case B -> binary(value.b());
      case BS -> array(value.bs(), JsonConverter::binary);
      case NUL, UNKNOWN_TO_SDK_VERSION -> JsonValue.Null.NULL;
    };
  }

  static boolean isNull(AttributeValue value) {
    return value.type() == AttributeValue.Type.NUL;
  }

  /** As {@link JsonValue#isEmpty} of the JSON that it stands for. */
  static boolean isEmpty(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().isEmpty();
      case N, BOOL -> false;
      default -> toJson(value).isEmpty();
    };
  }

  private static JsonObject object(Map<String, AttributeValue> attributes) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    attributes.forEach((name, value) -> members.put(name, toJson(value)));
    return new JsonObject(members);
  }

  private static <T> JsonValue array(List<T> values, Function<T, JsonValue> toJson) {
    List<JsonValue> items = new ArrayList<>(values.size());
    values.forEach(value -> items.add(toJson.apply(value)));
    return new JsonValue.Array(items);
  }

  private static JsonValue number(String digits) {
    return JsonValue.of(new BigDecimal(digits));
  }

  private static JsonValue binary(SdkBytes bytes) {
    return JsonValue.of(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
  }
}
