package dev.threadkeep.domain.json;

import java.math.BigDecimal;
import java.util.List;

/** A JSON value. It is deeply immutable, and equal to another one by content. */
public sealed interface JsonValue
    permits JsonObject,
        JsonValue.Array,
        JsonValue.Text,
        JsonValue.Num,
        JsonValue.Bool,
        JsonValue.Null {
  static Text of(String text) {
    return new Text(text);
  }

  static Num of(long number) {
    return new Num(BigDecimal.valueOf(number));
  }

  static Num of(BigDecimal number) {
    return new Num(number);
  }

  static Bool of(boolean flag) {
    return new Bool(flag);
  }

  /** What kind of value it is, for a message: {@code a text}. */
  default String description() {
    if (this instanceof JsonObject) {
      return "an object";
    } else if (this instanceof Array) {
      return "an array";
    } else if (this instanceof Text text) {
      return text.isEmpty() ? "empty" : "a text";
    } else if (this instanceof Num) {
      return "a number";
    }
    return this instanceof Null ? "null" : "true or false";
  }

  /** Whether this says nothing: null, an empty text, an empty object or an empty array. */
  default boolean isEmpty() {
    return false;
  }

  /** An array of values. */
  record Array(List<JsonValue> items) implements JsonValue {
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public boolean isEmpty() {
      return items.isEmpty();
    }
  }

  /**
   * A text; any sequence of UTF-16 units, so a check of its surrogates is up to whoever writes it.
   */
  record Text(String value) implements JsonValue {
    @Override
    public boolean isEmpty() {
      return value.isEmpty();
    }
  }

  /**
   * A number without limits of size or precision. Two numbers of one value are equal however they
   * are written: {@code 1.50} equals {@code 1.5}, {@code 100} equals {@code 1E2}.
   */
  record Num(BigDecimal value) implements JsonValue {
    /** Beyond this many digits a number is written with an exponent. */
    private static final int PLAIN_DIGITS = 38;

    public Num {
      value = strip(value);
    }

    /** The number as JSON writes it, with every digit; whole numbers have no fraction. */
    public String text() {
      long digits = (long) value.precision() - value.scale();
      return value.scale() <= 0 && digits <= PLAIN_DIGITS
          ? value.toPlainString()
          : value.toString();
    }

    private static BigDecimal strip(BigDecimal value) {
      try {
        return value.stripTrailingZeros();
      } catch (ArithmeticException exponentAtItsEnd) {
        return value; // beyond every limit by billions of digits: whoever checks it refuses it
      }
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** The literal {@code null}. */
  enum Null implements JsonValue {
    NULL;

    @Override
    public boolean isEmpty() {
      return true;
    }
  }
}
