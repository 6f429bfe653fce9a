package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * The limits on what may be written; they are the same on every store. Sizes are bytes of UTF-8.
 * What others have stored is read whether it keeps them or not.
 */
public final class Limits {
  /** An id of a user, thread, step or element. */
  public static final int ID_BYTES = 256;

  /** The key of a file, as S3 has it. */
  public static final int KEY_BYTES = 1_024;

  /** Names of threads, steps, elements and users, and every text that is no content. */
  public static final int NAME_BYTES = 2_048;

  /** An address. */
  public static final int URL_BYTES = 8_192;

  /** The comment of a feedback. */
  public static final int COMMENT_BYTES = 65_536;

  /** Content: {@code input} and {@code output} of a step, and each text in free JSON. */
  public static final int CONTENT_BYTES = 16 * 1_024 * 1_024;

  /** Tags of a thread or a step; each has at most {@link #NAME_BYTES}. */
  public static final int TAGS = 100;

  /**
   * Containers within each other in an attribute; DynamoDB nests 32 levels and the item itself is
   * one.
   */
  public static final int JSON_DEPTH = 31;

  /** Digits of a number, as DynamoDB has it. */
  public static final int NUMBER_DIGITS = 38;

  /** Unknown attributes in one write of an entity. */
  public static final int UNKNOWN_ATTRIBUTES = 100;

  /** Steps in one bulk write. */
  public static final int BULK_STEPS = 100;

  private static final int MAX_EXPONENT = 125;
  private static final int MIN_EXPONENT = -130;

  private Limits() {}

  /**
   * Checks an id of something that is about to be created.
   *
   * @throws DataLayerException when it is empty, holds control characters or unpaired surrogates,
   *     or is longer than {@value #ID_BYTES} bytes
   */
  public static void checkId(String path, String id) {
    requireNonEmpty(path, id);
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw DataLayerException.invalid(path, "has control characters");
    }
    checkBytes(path, id, ID_BYTES);
  }

  /**
   * Checks that a text is Unicode and within a size.
   *
   * @throws DataLayerException when not
   */
  public static void checkBytes(String path, String text, int limit) {
    long bytes = utf8Length(path, text);
    if (bytes > limit) {
      throw tooLarge(path, bytes, limit);
    }
  }

  /** The error about a value of so many bytes where fewer are allowed. */
  public static DataLayerException tooLarge(String path, long bytes, long limit) {
    return new DataLayerException(
        ErrorCode.TOO_LARGE,
        String.format(Locale.ROOT, "%s: %,d bytes, at most %,d", path, bytes, limit));
  }

  /**
   * Checks free JSON: its depth, its numbers, its texts and names.
   *
   * @throws DataLayerException when a limit is broken; the message names the place
   */
  public static void checkJson(String path, JsonValue value) {
    checkJson(path, value, 0);
  }

  static void requireNonEmpty(String path, String text) {
    if (text.isEmpty()) {
      throw DataLayerException.invalid(path, "must not be empty");
    }
  }

  static void checkName(String path, String name) {
    requireNonEmpty(path, name);
    checkBytes(path, name, NAME_BYTES);
  }

  /** As {@link #checkJson(String, JsonValue)}, for a value that lies in so many containers. */
  static void checkJson(String path, JsonValue value, int depth) {
    if (value instanceof JsonValue.Text text) {
      checkBytes(path, text.value(), CONTENT_BYTES);
    } else if (value instanceof JsonValue.Num number) {
      checkNumber(path, number.value());
    } else if (value instanceof JsonObject object) {
      checkDepth(path, depth);
      object.members().forEach((name, member) -> checkMember(path, name, member, depth + 1));
    } else if (value instanceof JsonValue.Array array) {
      checkDepth(path, depth);
      for (int i = 0; i < array.items().size(); i++) {
        checkJson(path + "[" + i + "]", array.items().get(i), depth + 1);
      }
    }
  }

  private static void checkMember(String path, String name, JsonValue member, int depth) {
    checkName(path + " (name of a member)", name);
    checkJson(path + "." + name, member, depth);
  }

  private static void checkDepth(String path, int depth) {
    if (depth >= JSON_DEPTH) {
      throw DataLayerException.invalid(
          path, "nested too deep, at most " + JSON_DEPTH + " objects and arrays within each other");
    }
  }

  private static void checkNumber(String path, BigDecimal number) {
    if (number.precision() > NUMBER_DIGITS) {
      throw DataLayerException.invalid(
          path, "number of " + number.precision() + " digits, at most " + NUMBER_DIGITS);
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    if (number.signum() != 0 && (exponent > MAX_EXPONENT || exponent < MIN_EXPONENT)) {
      throw DataLayerException.invalid(
          path, "number out of range, its size must lie between 1E-130 and 9.99E+125");
    }
  }

  private static long utf8Length(String path, String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        bytes += unit < 0x800 ? 1 : 2;
        if (Character.isSurrogate(unit)) {
          if (!Character.isHighSurrogate(unit)
              || i + 1 == text.length()
              || !Character.isLowSurrogate(text.charAt(i + 1))) {
            throw DataLayerException.invalid(path, "has an unpaired surrogate at character " + i);
          }
          i++; // a pair is four bytes: its two units and the two just added
        }
      }
    }
    return bytes;
  }
}
