package dev.threadkeep.http;

import dev.threadkeep.domain.Limits;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the body of a request as it arrives; no thread waits for a slow writer. Of a body over the
 * limit nothing is kept, but as much again is read, because a client that is still writing would
 * not see the answer.
 */
final class BodyReader implements ReadListener {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServletInputStream in;
  private final long limit;
  private final long declared;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private long received;

  private BodyReader(HttpServletRequest request, long limit) throws IOException {
    this.in = request.getInputStream();
    this.limit = limit;
    this.declared = request.getContentLengthLong();
  }

  /**
   * The body of a request that is asynchronous already; fails with {@code TOO_LARGE} when it has
   * more bytes than the limit.
   */
  static CompletableFuture<byte[]> read(HttpServletRequest request, long limit) {
    try {
      BodyReader reader = new BodyReader(request, limit);
      if (reader.isHopeless(request)) {
        return CompletableFuture.failedFuture(reader.tooLarge(reader.declared));
      }
      reader.in.setReadListener(reader);
      return reader.done;
    } catch (IOException | IllegalStateException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (in.isReady() && !in.isFinished()) {
      int count = in.read(buffer);
      if (count > 0) {
        take(count);
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (received > limit) {
      done.completeExceptionally(tooLarge(received));
    } else {
      done.complete(body.toByteArray());
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(
        new RefusedException(Code.MALFORMED, "the body ended before its end"));
  }

  private void take(int count) {
    received += count;
    if (received <= limit && declared <= limit) {
      body.write(buffer, 0, count);
    } else if (received > 2 * limit) {
      done.completeExceptionally(tooLarge(Math.max(received, declared)));
    }
  }

  /** The client asks first, or would send far too much. */
  private boolean isHopeless(HttpServletRequest request) {
    return declared > 2 * limit || (declared > limit && request.getHeader("Expect") != null);
  }

  private Throwable tooLarge(long bytes) {
    return Limits.tooLarge("body", bytes, limit);
  }
}
