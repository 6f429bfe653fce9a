package dev.threadkeep.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private static final JsonFactory FACTORY = factory(CONSTRAINTS);

  private static final JsonFactory CALLERS =
      factory(CONSTRAINTS.rebuild().maxTokenCount(MAX_TOKENS).build());

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
      return parse(
          CALLERS, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
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
    return parse(FACTORY, text);
  }

  private static JsonValue parse(JsonFactory factory, String text) {
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw DataLayerException.invalid("JSON", "is empty");
      }
      JsonValue value = read(parser, first);
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
    try (JsonGenerator generator = FACTORY.createGenerator((Writer) text)) {
      write(generator, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** Writes the value as UTF-8; the stream stays open. */
  public static void write(JsonValue value, OutputStream out) throws IOException {
    try (JsonGenerator generator =
        FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      write(generator, value);
    }
  }

  private static JsonFactory factory(StreamReadConstraints constraints) {
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
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.put(name, read(parser, parser.nextToken()));
    }
    return new JsonObject(members);
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

  private static void write(JsonGenerator generator, JsonValue value) throws IOException {
    if (value instanceof JsonObject object) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        generator.writeFieldName(member.getKey());
        write(generator, member.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof JsonValue.Array array) {
      generator.writeStartArray();
      for (JsonValue item : array.items()) {
        write(generator, item);
      }
      generator.writeEndArray();
    } else if (value instanceof JsonValue.Text text) {
      generator.writeString(text.value());
    } else if (value instanceof JsonValue.Num number) {
      generator.writeNumber(number.text());
    } else if (value instanceof JsonValue.Bool flag) {
      generator.writeBoolean(flag.value());
    } else {
      generator.writeNull();
    }
  }

  private static String at(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
