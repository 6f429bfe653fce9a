package dev.threadkeep.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * Writes JSON part by part, so that what is large need not be in memory as a whole. What it writes
 * to stays open.
 */
public final class JsonWriter implements Closeable {
  private final JsonGenerator generator;

  /** Writes UTF-8. */
  public JsonWriter(OutputStream out) throws IOException {
    this(JsonText.STORED.createGenerator(out));
  }

  JsonWriter(Writer out) throws IOException {
    this(JsonText.STORED.createGenerator(out));
  }

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  public void beginObject() throws IOException {
    generator.writeStartObject();
  }

  public void endObject() throws IOException {
    generator.writeEndObject();
  }

  public void beginArray() throws IOException {
    generator.writeStartArray();
  }

  public void endArray() throws IOException {
    generator.writeEndArray();
  }

  /** The name of a member, whose value comes next. */
  public void name(String name) throws IOException {
    generator.writeFieldName(name);
  }

  /**
   * A member with its whole value.
   *
   * @throws UncheckedIOException as the other methods throw its cause
   */
  public void member(String name, JsonValue value) {
    try {
      generator.writeFieldName(name);
      value(value);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A whole value. */
  public void value(JsonValue value) throws IOException {
    if (value instanceof JsonObject object) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        generator.writeFieldName(member.getKey());
        value(member.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof JsonValue.Array array) {
      generator.writeStartArray();
      for (JsonValue item : array.items()) {
        value(item);
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

  /** A value that is text already. */
  public void raw(String json) throws IOException {
    generator.writeRawValue(json);
  }

  /** Hands over all that was written so far. */
  public void flush() throws IOException {
    generator.flush();
  }

  @Override
  public void close() throws IOException {
    generator.close();
  }
}
