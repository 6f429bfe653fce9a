package dev.threadkeep.http;

import dev.threadkeep.http.JsonBody.Piece;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpFields;

/**
 * Writes an answer as fast as the connection takes it; no thread waits for a slow reader. The
 * pieces become text on the server's own threads, whichever thread had the answer.
 */
final class AnswerWriter implements WriteListener {
  private static final int CHUNK_BYTES = 32 * 1024;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ServletOutputStream out;
  private final Function<Throwable, Answer> problem;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Iterator<Piece> pieces;

  private AnswerWriter(
      HttpServletRequest request,
      HttpServletResponse response,
      Iterator<Piece> pieces,
      Function<Throwable, Answer> problem)
      throws IOException {
    this.request = request;
    this.response = response;
    this.out = response.getOutputStream();
    this.pieces = pieces;
    this.problem = problem;
  }

  /**
   * Writes the answer to a request that is asynchronous already. The future completes when the last
   * byte is handed over, and fails when the client is gone.
   *
   * @param pause how long the store of a file may give nothing
   * @param problem what to answer instead when a piece fails to become text; when some of the
   *     answer is on its way by then, the connection is ended
   */
  static CompletableFuture<Void> write(
      Answer answer,
      HttpServletRequest request,
      HttpServletResponse response,
      Pause pause,
      Function<Throwable, Answer> problem) {
    begin(answer, response);
    if (answer.body().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    } else if (answer.body() instanceof StreamBody stream) {
      return StreamWriter.write(stream, request, response, problem, pause);
    }
    Iterator<Piece> pieces = pieces(answer);
    try {
      AnswerWriter writer = new AnswerWriter(request, response, pieces, problem);
      writer.out.setWriteListener(writer);
      return writer.done;
    } catch (IOException | IllegalStateException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public void onWritePossible() {
    try {
      while (!done.isDone() && out.isReady()) {
        if (!pieces.hasNext()) {
          done.complete(null);
        } else if (fillChunk()) {
          chunk.writeTo(out);
        }
      }
    } catch (IOException | IllegalStateException gone) {
      done.completeExceptionally(gone);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  /** Whether there is something to write: not so when a piece failed. */
  private boolean fillChunk() {
    try {
      chunk.reset();
      while (pieces.hasNext() && chunk.size() < CHUNK_BYTES) {
        pieces.next().writeTo(chunk);
      }
      if (!pieces.hasNext() && !response.isCommitted()) {
        response.setContentLength(chunk.size());
      }
      return true;
    } catch (IOException | RuntimeException failure) {
      replace(problem.apply(failure), failure);
      return false;
    }
  }

  private void replace(Answer instead, Throwable failure) {
    if (response.isCommitted()) {
      abort(request, failure);
      done.complete(null);
    } else {
      begin(instead, response);
      pieces = pieces(instead);
    }
  }

  /** Ends the connection, so that the client sees that something is missing. */
  static void abort(HttpServletRequest request, Throwable failure) {
    ServletContextRequest.getServletContextRequest(request).getServletChannel().abort(failure);
  }

  /** Jetty has its own way with some headers; these are sent as they are. */
  private static void begin(Answer answer, HttpServletResponse response) {
    response.setStatus(answer.status());
    response.setContentType(null); // and with it the charset of an answer before
    if (!answer.body().isEmpty()) {
      response.setContentType(answer.contentType());
    }
    HttpFields.Mutable fields =
        ServletContextResponse.getServletContextResponse(response).getWrapped().getHeaders();
    Set<String> names = new HashSet<>();
    for (Header header : answer.headers()) {
      if (names.add(header.name())) {
        fields.remove(header.name());
      }
      fields.add(header.name(), header.value());
    }
  }

  private static Iterator<Piece> pieces(Answer answer) {
    return answer.body() instanceof JsonBody json ? json.pieces() : Collections.emptyIterator();
  }
}
