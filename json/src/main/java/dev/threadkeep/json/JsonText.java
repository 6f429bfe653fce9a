package dev.threadkeep.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * JSON as text (RFC 8259). Reading refuses what is not JSON to the letter: names that come twice,
 * NaN, invalid UTF-8, anything after the value, numbers of more than 1,000 characters, and more
 * than {@value #MAX_DEPTH} objects and arrays within each other. Numbers keep every digit both
 * ways.
 */
public final class JsonText {
  /**
   * Deep enough for an attribute at its limit within a list of entities; {@link Limits#checkJson}
   * names the place of what is too deep.
   */
  public static final int MAX_DEPTH = Limits.JSON_DEPTH + 8;

  /**
   * Values and names in what comes from a caller; each takes some thirty times the memory of its
   * text.
   */
  public static final int MAX_TOKENS = 1_000_000;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(2 * Limits.CONTENT_BYTES)
          .build();

  private static final JsonFactory STRICT = strict(CONSTRAINTS);

  private static final JsonFactory CALLERS =
      strict(CONSTRAINTS.rebuild().maxTokenCount(MAX_TOKENS).build());

  /** What we have written has no name twice. */
  static final JsonFactory STORED =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

  private JsonText() {}

  /**
   * The value that UTF-8 bytes of a caller stand for: at most {@value #MAX_TOKENS} values and
   * names.
   *
   * @throws DataLayerException {@code INVALID} when they are not JSON; the message says what and
   *     where
   */
  public static JsonValue parse(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return parse(() -> CALLERS.createParser(text), JsonText::read);
    } catch (CharacterCodingException malformed) {
      throw DataLayerException.invalid("JSON", "is not valid UTF-8");
    }
  }

  /**
   * The value that a text stands for, which has been stored and so been accepted before.
   *
   * @throws DataLayerException {@code INVALID} when it is not JSON; the message says what and where
   */
  public static JsonValue parse(String text) {
    return parse(() -> STRICT.createParser(text), JsonText::read);
  }

  /**
   * Reads the members of an object that we have written, one after the other.
   *
   * @throws DataLayerException {@code INVALID} when it is no object; some members may be read by
   *     then
   */
  public static void readMembers(byte[] utf8, BiConsumer<String, JsonValue> members) {
    parse(
        () -> STORED.createParser(utf8),
        (parser, first) -> {
          if (first != JsonToken.START_OBJECT) {
            throw DataLayerException.invalid("JSON", "is no object");
          }
          readMembers(parser, members);
          return members;
        });
  }

  /** Reads a value that begins with a token. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonParser parser, JsonToken first) throws IOException;
  }

  /** Begins to read some text. */
  @FunctionalInterface
  private interface Source {
    JsonParser open() throws IOException;
  }

  private static <T> T parse(Source source, Reader<T> reader) {
    try (JsonParser parser = source.open()) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw DataLayerException.invalid("JSON", "is empty");
      }
      T value = reader.read(parser, first);
      if (parser.nextToken() != null) {
        throw DataLayerException.invalid(
            "JSON", "goes on after its end" + at(parser.currentTokenLocation()));
      }
      return value;
    } catch (JsonProcessingException malformed) {
      throw DataLayerException.invalid(
          "JSON", malformed.getOriginalMessage() + at(malformed.getLocation()));
    } catch (NumberFormatException beyondJava) {
      throw DataLayerException.invalid("JSON", "has a number whose exponent is out of all bounds");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The value as text. */
  public static String write(JsonValue value) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.value(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static JsonFactory strict(StreamReadConstraints constraints) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(constraints)
        .build();
  }

  private static JsonValue read(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> JsonValue.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonValue.of(parser.getDecimalValue());
      case VALUE_TRUE -> JsonValue.of(true);
      case VALUE_FALSE -> JsonValue.of(false);
      case VALUE_NULL -> JsonValue.Null.NULL;
      default -> throw new IllegalStateException("unexpected " + token);
    };
  }

  private static JsonValue readObject(JsonParser parser) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    readMembers(parser, members::put);
    return members.isEmpty() ? JsonObject.empty() : new JsonObject(members);
  }

  private static void readMembers(JsonParser parser, BiConsumer<String, JsonValue> members)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.accept(name, read(parser, parser.nextToken()));
    }
  }

  private static JsonValue readArray(JsonParser parser) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(read(parser, token));
    }
    return new JsonValue.Array(items);
  }

  private static String at(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
