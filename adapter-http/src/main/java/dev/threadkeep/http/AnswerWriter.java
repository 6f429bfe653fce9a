package dev.threadkeep.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
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
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ServletOutputStream out;
  private final Function<Throwable, Answer> problem;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private JsonChunks chunks;

  private AnswerWriter(
      HttpServletRequest request,
      HttpServletResponse response,
      JsonChunks chunks,
      Function<Throwable, Answer> problem)
      throws IOException {
    this.request = request;
    this.response = response;
    this.out = response.getOutputStream();
    this.chunks = chunks;
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
    try {
      AnswerWriter writer = new AnswerWriter(request, response, chunks(answer), problem);
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
        if (chunks.hasNext()) {
          writeChunk();
        } else {
          done.complete(null);
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

  private void writeChunk() throws IOException {
    ByteArrayOutputStream chunk;
    try {
      chunk = chunks.next();
    } catch (IOException | RuntimeException failure) {
      replace(problem.apply(failure), failure);
      return;
    }
    if (!chunks.hasNext() && !response.isCommitted()) {
      response.setContentLength(chunk.size());
    }
    chunk.writeTo(out);
  }

  private void replace(Answer instead, Throwable failure) {
    if (response.isCommitted()) {
      abort(request, failure);
      done.complete(null);
    } else {
      begin(instead, response);
      chunks = chunks(instead);
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

  private static JsonChunks chunks(Answer answer) {
    return new JsonChunks(
        answer.body() instanceof JsonBody json ? json.pieces() : Collections.emptyIterator());
  }
}
