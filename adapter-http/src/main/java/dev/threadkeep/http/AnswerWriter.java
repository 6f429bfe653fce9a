package dev.threadkeep.http;

import dev.threadkeep.http.JsonBody.Piece;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/**
 * Writes an answer as fast as the connection takes it; no thread waits for a slow reader. The
 * pieces become text on the server's own threads, whichever thread had the answer.
 */
final class AnswerWriter implements WriteListener {
  private static final int CHUNK_BYTES = 32 * 1024;

  private final HttpServletResponse response;
  private final ServletOutputStream out;
  private final Iterator<Piece> pieces;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private AnswerWriter(HttpServletResponse response, Iterator<Piece> pieces) throws IOException {
    this.response = response;
    this.out = response.getOutputStream();
    this.pieces = pieces;
  }

  /**
   * Writes the answer to a request that is asynchronous already. The future completes when the last
   * byte is handed over, and fails when the client is gone.
   */
  static CompletableFuture<Void> write(Answer answer, HttpServletResponse response) {
    response.setStatus(answer.status());
    answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
    Iterator<Piece> pieces = answer.body().pieces();
    response.setContentType(pieces.hasNext() ? answer.contentType() : null);
    if (!pieces.hasNext()) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      AnswerWriter writer = new AnswerWriter(response, pieces);
      writer.out.setWriteListener(writer);
      return writer.done;
    } catch (IOException | IllegalStateException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public void onWritePossible() {
    try {
      while (out.isReady()) {
        if (!pieces.hasNext()) {
          done.complete(null);
          return;
        }
        writeChunk();
      }
    } catch (IOException | RuntimeException failure) {
      done.completeExceptionally(failure);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  private void writeChunk() throws IOException {
    chunk.reset();
    while (pieces.hasNext() && chunk.size() < CHUNK_BYTES) {
      pieces.next().writeTo(chunk);
    }
    if (!pieces.hasNext() && !response.isCommitted()) {
      response.setContentLength(chunk.size());
    }
    chunk.writeTo(out);
  }
}
