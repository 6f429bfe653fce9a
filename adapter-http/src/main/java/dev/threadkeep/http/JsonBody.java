package dev.threadkeep.http;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The body of an answer, in pieces that become JSON one after the other as the connection takes
 * them: a thread of ten thousand steps is never in memory as text.
 */
final class JsonBody implements AnswerBody {
  /** A part of the text. */
  @FunctionalInterface
  interface Piece {
    void writeTo(OutputStream out) throws IOException;
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
    return new JsonBody(List.of(out -> JsonText.write(json, out)));
  }

  /** JSON that is text already. */
  static JsonBody of(byte[] utf8) {
    return new JsonBody(List.of(out -> out.write(utf8)));
  }

  /** An object whose last members are lists; at least one other member comes before them. */
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

  /** Collects the lists. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();

    private Builder(JsonObject head) {
      String text = JsonText.write(head);
      pieces.add(text(text.substring(0, text.length() - 1)));
    }

    <T> Builder list(String name, List<T> items, Function<T, ? extends JsonValue> toJson) {
      pieces.add(text(",\"" + name + "\":["));
      for (int i = 0; i < items.size(); i++) {
        T item = items.get(i);
        String separator = i == 0 ? "" : ",";
        pieces.add(
            out -> {
              text(separator).writeTo(out);
              JsonText.write(toJson.apply(item), out);
            });
      }
      pieces.add(text("]"));
      return this;
    }

    JsonBody build() {
      pieces.add(text("}"));
      return new JsonBody(List.copyOf(pieces));
    }

    private static Piece text(String json) {
      return out -> out.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
