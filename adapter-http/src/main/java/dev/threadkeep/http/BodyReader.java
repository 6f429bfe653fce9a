package dev.threadkeep.http;

import dev.threadkeep.domain.Limits;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the body of a request as it arrives; no thread waits for a slow writer. A client that is
 * still writing would not see an answer, so a body that nobody wants is read as well, and so is one
 * over the limit, up to as much again; none of it is kept.
 */
final class BodyReader implements ReadListener {
  private static final String STARTED = BodyReader.class.getName();
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServletInputStream in;
  private final OutputStream sink;
  private final long limit;
  private final long declared;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long received;

  private BodyReader(HttpServletRequest request, OutputStream sink, long limit) throws IOException {
    this.in = request.getInputStream();
    this.sink = sink;
    this.limit = limit;
    this.declared = request.getContentLengthLong();
  }

  /**
   * The body of a request that is asynchronous already; fails with {@code TOO_LARGE} when it has
   * more bytes than the limit.
   */
  static CompletableFuture<byte[]> read(HttpServletRequest request, long limit) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return start(request, body, limit).thenApply(read -> body.toByteArray());
  }

  /**
   * Completes when the body has been read by whomever, or when that is not to be expected; then the
   * connection is of no use any more.
   */
  static CompletableFuture<Void> discard(HttpServletRequest request, long limit) {
    if (request.getAttribute(STARTED) instanceof UploadReading upload) {
      return upload.discard(limit);
    }
    boolean settled = !hasBody(request) || request.getAttribute(STARTED) != null;
    return settled || asksFirst(request)
        ? CompletableFuture.completedFuture(null)
        : start(request, OutputStream.nullOutputStream(), limit).exceptionally(ended -> null);
  }

  /** Whether nobody has begun to read the body; whoever asks is the one from now on. */
  static boolean claim(HttpServletRequest request, Object reader) {
    if (request.getAttribute(STARTED) != null) {
      return false;
    }
    request.setAttribute(STARTED, reader);
    return true;
  }

  /** Whether some of the body is still on its way. */
  static boolean isUnfinished(HttpServletRequest request) {
    try {
      return hasBody(request)
          && (request.getAttribute(STARTED) == null || !request.getInputStream().isFinished());
    } catch (IOException gone) {
      return true;
    }
  }

  private static CompletableFuture<Void> start(
      HttpServletRequest request, OutputStream sink, long limit) {
    request.setAttribute(STARTED, true);
    try {
      if (isHopeless(request, limit)) {
        throw tooLarge(request.getContentLengthLong(), limit);
      }
      BodyReader reader = new BodyReader(request, sink, limit);
      reader.in.setReadListener(reader);
      return reader.done;
    } catch (IOException | RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!done.isDone() && in.isReady() && !in.isFinished()) {
      int count = in.read(buffer);
      if (count > 0) {
        take(count);
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (received > limit) {
      done.completeExceptionally(tooLarge(received, limit));
    } else {
      done.complete(null);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(
        new RefusedException(Code.MALFORMED, "the body ended before its end"));
  }

  private void take(int count) throws IOException {
    received += count;
    if (received <= limit && declared <= limit) {
      sink.write(buffer, 0, count);
    } else if (received > 2 * limit) {
      done.completeExceptionally(tooLarge(Math.max(received, declared), limit));
    }
  }

  static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** The client would send far too much, or can still be told not to. */
  private static boolean isHopeless(HttpServletRequest request, long limit) {
    long declared = request.getContentLengthLong();
    return declared > 2 * limit || (declared > limit && asksFirst(request));
  }

  /** The client sends nothing before it is told to go on, which reading does. */
  private static boolean asksFirst(HttpServletRequest request) {
    return request.getHeader("Expect") != null;
  }

  private static RuntimeException tooLarge(long bytes, long limit) {
    return Limits.tooLarge("body", bytes, limit);
  }
}
