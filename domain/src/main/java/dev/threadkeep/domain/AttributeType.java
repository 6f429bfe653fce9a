package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The type of an attribute: how a value is written as JSON, how it is read back, and which limit it
 * has.
 *
 * @param <T> the type in Java
 */
public final class AttributeType<T> {
  /** A short text: at most {@value Limits#NAME_BYTES} bytes. */
  public static final AttributeType<String> NAME = text(Limits.NAME_BYTES);

  /** An address: at most {@value Limits#URL_BYTES} bytes. */
  public static final AttributeType<String> URL = text(Limits.URL_BYTES);

  /** Content: at most {@value Limits#CONTENT_BYTES} bytes. */
  public static final AttributeType<String> CONTENT = text(Limits.CONTENT_BYTES);

  /** The comment of a feedback: at most {@value Limits#COMMENT_BYTES} bytes. */
  public static final AttributeType<String> COMMENT = text(Limits.COMMENT_BYTES);

  /** True or false. */
  public static final AttributeType<Boolean> FLAG =
      new AttributeType<>(
          "true or false",
          JsonValue::of,
          json ->
              json instanceof JsonValue.Bool flag ? Optional.of(flag.value()) : Optional.empty(),
          (path, flag) -> {});

  /** A whole number that fits 64 bits. */
  public static final AttributeType<Long> WHOLE =
      new AttributeType<>(
          "a whole number", JsonValue::of, AttributeType::readWhole, (path, number) -> {});

  /** The value of a feedback: 0 or 1. */
  public static final AttributeType<Long> RATING =
      new AttributeType<>(
          "0 or 1",
          JsonValue::of,
          json -> readWhole(json).filter(value -> value.intValue() == value),
          (path, value) -> {
            if (value != 0 && value != 1) {
              throw DataLayerException.invalid(path, "must be 0 or 1, is " + value);
            }
          });

  /** A time; read as it is, and to be written it must be one. */
  public static final AttributeType<Timestamp> TIME =
      new AttributeType<>(
          "a time (ISO 8601)",
          time -> JsonValue.of(time.text()),
          json -> asText(json).map(Timestamp::new),
          (path, time) -> {
            if (time.normalized().isEmpty()) {
              throw DataLayerException.invalid(
                  path, "must be a time (ISO 8601) of the years 0000 to 9999");
            }
          });

  /** A time in whole seconds, of which a fraction is cut; what is no time is not read as one. */
  public static final AttributeType<Instant> SECOND =
      new AttributeType<>(
          TIME.expected(),
          AttributeType::writeSecond,
          json ->
              TIME.read(json)
                  .flatMap(Timestamp::normalized)
                  .flatMap(Timestamp::instant)
                  .map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
          (path, time) -> TIME.check(path, new Timestamp(time.toString())));

  /** A JSON object. */
  public static final AttributeType<JsonObject> OBJECT =
      new AttributeType<>(
          "an object",
          object -> object,
          json -> json instanceof JsonObject object ? Optional.of(object) : Optional.empty(),
          Limits::checkJson);

  /** Any JSON but null. */
  public static final AttributeType<JsonValue> ANY =
      new AttributeType<>(
          "a value",
          json -> json,
          json -> json instanceof JsonValue.Null ? Optional.empty() : Optional.of(json),
          Limits::checkJson);

  /**
   * A list of short texts: at most {@value Limits#TAGS} of at most {@value Limits#NAME_BYTES}
   * bytes.
   */
  public static final AttributeType<List<String>> TAGS =
      new AttributeType<>(
          "a list of texts",
          tags -> new JsonValue.Array(tags.stream().<JsonValue>map(JsonValue::of).toList()),
          AttributeType::readTexts,
          AttributeType::checkTags);

  /** The key of a file: at most {@value Limits#KEY_BYTES} bytes. */
  static final AttributeType<BlobKey> KEY =
      new AttributeType<>(
          "a text",
          key -> JsonValue.of(key.value()),
          json -> asText(json).filter(key -> !key.isEmpty()).map(BlobKey::of),
          (path, key) -> Limits.checkBytes(path, key.value(), Limits.KEY_BYTES));

  private static final BigDecimal MIN_WHOLE = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_WHOLE = BigDecimal.valueOf(Long.MAX_VALUE);

  private final String expected;
  private final Function<T, JsonValue> writer;
  private final Function<JsonValue, Optional<T>> reader;
  private final Check<T> check;

  /** Throws a {@link DataLayerException} with the path when the value breaks a limit. */
  @FunctionalInterface
  interface Check<T> {
    void check(String path, T value);
  }

  AttributeType(
      String expected,
      Function<T, JsonValue> writer,
      Function<JsonValue, Optional<T>> reader,
      Check<T> check) {
    this.expected = expected;
    this.writer = writer;
    this.reader = reader;
    this.check = check;
  }

  /** A text that stands for a value type, without a limit but {@value Limits#NAME_BYTES} bytes. */
  static <T> AttributeType<T> named(Function<String, T> of, Function<T, String> text) {
    return new AttributeType<>(
        "a text",
        value -> JsonValue.of(text.apply(value)),
        json -> asText(json).filter(name -> !name.isEmpty()).map(of),
        (path, value) -> Limits.checkName(path, text.apply(value)));
  }

  /** An id, checked by {@link Limits#checkId}. */
  static <T> AttributeType<T> id(Function<String, T> of, Function<T, String> text) {
    return new AttributeType<>(
        "a text",
        value -> JsonValue.of(text.apply(value)),
        json -> asText(json).filter(id -> !id.isEmpty()).map(of),
        (path, value) -> Limits.checkId(path, text.apply(value)));
  }

  /** What a value of this type is called in a message. */
  public String expected() {
    return expected;
  }

  /** The value as JSON. */
  public JsonValue write(T value) {
    return writer.apply(value);
  }

  /** The value that JSON stands for, or nothing when it is not of this type. */
  public Optional<T> read(JsonValue json) {
    return reader.apply(json);
  }

  /**
   * Checks a value that is about to be written.
   *
   * @throws DataLayerException when it breaks a limit; the message begins with the path
   */
  public void check(String path, T value) {
    check.check(path, value);
  }

  /**
   * JSON in the form in which we write it, where what callers give may have several: times in UTC
   * with six digits of fraction. Nothing for other types, and for what is no time.
   */
  Optional<JsonValue> normal(JsonValue json) {
    if (this == TIME) {
      return TIME.read(json).flatMap(Timestamp::normalized).map(TIME::write);
    }
    return this == SECOND ? SECOND.read(json).map(SECOND::write) : Optional.empty();
  }

  private static JsonValue writeSecond(Instant time) {
    return JsonValue.of(Timestamp.of(time.truncatedTo(ChronoUnit.SECONDS)).text());
  }

  private static AttributeType<String> text(int limit) {
    return new AttributeType<>(
        "a text",
        JsonValue::of,
        AttributeType::asText,
        (path, text) -> Limits.checkBytes(path, text, limit));
  }

  private static Optional<String> asText(JsonValue json) {
    return json instanceof JsonValue.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  private static Optional<Long> readWhole(JsonValue json) {
    if (!(json instanceof JsonValue.Num number)) {
      return Optional.empty();
    }
    BigDecimal value = number.value();
    boolean whole =
        value.scale() <= 0 && value.compareTo(MIN_WHOLE) >= 0 && value.compareTo(MAX_WHOLE) <= 0;
    return whole ? Optional.of(value.longValueExact()) : Optional.empty();
  }

  private static Optional<List<String>> readTexts(JsonValue json) {
    if (!(json instanceof JsonValue.Array array)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array.items()) {
      if (!(item instanceof JsonValue.Text text)) {
        return Optional.empty();
      }
      texts.add(text.value());
    }
    return Optional.of(List.copyOf(texts));
  }

  private static void checkTags(String path, List<String> tags) {
    if (tags.size() > Limits.TAGS) {
      throw DataLayerException.invalid(path, tags.size() + " items, at most " + Limits.TAGS);
    }
    for (int i = 0; i < tags.size(); i++) {
      Limits.checkBytes(path + "[" + i + "]", tags.get(i), Limits.NAME_BYTES);
    }
  }
}
