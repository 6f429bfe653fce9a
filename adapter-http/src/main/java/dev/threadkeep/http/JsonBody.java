package dev.threadkeep.http;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The body of an answer, in pieces that become JSON one after the other as the connection takes
 * them: a thread of ten thousand steps is never in memory as text.
 */
final class JsonBody implements AnswerBody {
  /** A part of the text. */
  @FunctionalInterface
  interface Piece {
    void writeTo(JsonWriter out) throws IOException;
  }

  private final List<Piece> pieces;

  private JsonBody(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** No body at all. */
  static JsonBody none() {
    return new JsonBody(List.of());
  }

  static JsonBody of(JsonObject json) {
    return new JsonBody(List.of(out -> out.value(json)));
  }

  /** JSON that is text already. */
  static JsonBody ofText(String json) {
    return new JsonBody(List.of(out -> out.raw(json)));
  }

  /** An object whose last members are lists. */
  static Builder startingWith(JsonObject head) {
    return new Builder(head);
  }

  @Override
  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  Iterator<Piece> pieces() {
    return pieces.iterator();
  }

  /** Gives the members of an object that stands for a value, one after the other. */
  @FunctionalInterface
  interface Members<T> {
    void of(T value, BiConsumer<String, JsonValue> members);
  }

  /** Collects the lists. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();

    private Builder(JsonObject head) {
      pieces.add(
          out -> {
            out.beginObject();
            head.members().forEach(out::member);
          });
    }

    <T> Builder list(String name, List<T> items, Members<T> object) {
      pieces.add(
          out -> {
            out.name(name);
            out.beginArray();
          });
      for (T item : items) {
        pieces.add(
            out -> {
              out.beginObject();
              object.of(item, out::member);
              out.endObject();
            });
      }
      pieces.add(JsonWriter::endArray);
      return this;
    }

    JsonBody build() {
      pieces.add(JsonWriter::endObject);
      return new JsonBody(List.copyOf(pieces));
    }
  }
}
