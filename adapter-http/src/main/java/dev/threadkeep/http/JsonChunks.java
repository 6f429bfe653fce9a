package dev.threadkeep.http;

import dev.threadkeep.http.JsonBody.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

/** The pieces of a body as text, some at a time. */
final class JsonChunks {
  private static final int CHUNK_BYTES = 32 * 1024;

  private final Iterator<Piece> pieces;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

  JsonChunks(Iterator<Piece> pieces) {
    this.pieces = pieces;
  }

  boolean hasNext() {
    return pieces.hasNext();
  }

  /** The next chunk; it holds until the next call. */
  ByteArrayOutputStream next() throws IOException {
    chunk.reset();
    while (pieces.hasNext() && chunk.size() < CHUNK_BYTES) {
      pieces.next().writeTo(chunk);
    }
    return chunk;
  }
}
