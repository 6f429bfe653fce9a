package dev.threadkeep.dynamodb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands for names and values in the expressions of a request, so that any are possible. */
final class Placeholders {
  private static final String[] NAMES = made("#");
  private static final String[] VALUES = made(":");

  private final Map<String, String> ofNames = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  /** Stands for the name of an attribute, everywhere in the request. */
  String name(String attribute) {
    return ofNames.computeIfAbsent(attribute, first -> placeholder(NAMES, ofNames.size()));
  }

  /** Stands for a value. */
  String value(AttributeValue value) {
    String placeholder = placeholder(VALUES, values.size());
    values.put(placeholder, value);
    return placeholder;
  }

  /** The names by what stands for them. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    ofNames.forEach((name, placeholder) -> names.put(placeholder, name));
    return names;
  }

  /** The values by what stands for them. */
  Map<String, AttributeValue> values() {
    return values;
  }

  private static String placeholder(String[] made, int number) {
    return number < made.length ? made[number] : made[0].charAt(0) + Integer.toString(number);
  }

  /** Enough for nearly all requests. */
  private static String[] made(String prefix) {
    return IntStream.range(0, 32).mapToObj(number -> prefix + number).toArray(String[]::new);
  }
}
