package dev.threadkeep.http;

import dev.threadkeep.http.JsonBody.Piece;
import dev.threadkeep.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The pieces of a body as text, some at a time. */
final class JsonChunks {
  private static final int CHUNK_BYTES = 32 * 1024;

  /** Most answers are no longer. */
  private static final int FIRST_BYTES = 1024;

  private final Iterator<Piece> pieces;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(FIRST_BYTES);
  private final JsonWriter writer;

  JsonChunks(Iterator<Piece> pieces) {
    this.pieces = pieces;
    try {
      this.writer = new JsonWriter(chunk);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  boolean hasNext() {
    return pieces.hasNext();
  }

  /** The next chunk; it holds until the next call. */
  ByteArrayOutputStream next() throws IOException {
    chunk.reset();
    while (pieces.hasNext() && chunk.size() < CHUNK_BYTES) {
      pieces.next().writeTo(writer);
    }
    if (pieces.hasNext()) {
      writer.flush();
    } else {
      writer.close();
    }
    return chunk;
  }
}
