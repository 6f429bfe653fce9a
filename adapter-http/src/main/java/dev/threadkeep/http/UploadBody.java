package dev.threadkeep.http;

import dev.threadkeep.application.Upload;
import dev.threadkeep.domain.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * The body of a request as a stream, for one subscriber. There is no bound on how long it takes in
 * all, but on each pause: a client that sends nothing fails the stream, a store that does nothing
 * is not waited for.
 */
final class UploadBody implements Flow.Publisher<ByteBuffer> {
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private final HttpServletRequest request;
  private final UploadPauses pauses;
  private final UploadReading reading;

  /**
   * The body of a request that is asynchronous already; nothing of it is read yet.
   *
   * @throws RuntimeException when it is encoded, or announced to be over the limit
   */
  UploadBody(HttpServletRequest request, long limit, Duration longestPause) {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new RefusedException(
          Code.UNSUPPORTED_MEDIA_TYPE, "a file is stored as it is sent: without Content-Encoding");
    }
    if (request.getContentLengthLong() > limit) {
      throw Limits.tooLarge("content", request.getContentLengthLong(), limit);
    }
    this.request = request;
    this.pauses = new UploadPauses(longestPause);
    this.reading = new UploadReading(request, limit, pauses);
  }

  /** The file that it is. */
  Upload upload() {
    String mime = Optional.ofNullable(request.getContentType()).map(String::strip).orElse("");
    long size = BodyReader.hasBody(request) ? request.getContentLengthLong() : 0;
    return new Upload(
        mime.isEmpty() ? UNKNOWN_TYPE : mime,
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
        this);
  }

  /**
   * Does the work that reads the stream. When the stream fails, that is why the work does.
   *
   * @param late what to say when the work neither ends nor takes more of the stream
   */
  <T> CompletableFuture<T> during(Supplier<CompletionStage<T>> work, Problem late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    pauses.awaitStore();
    CompletableFuture.completedStage(work)
        .thenCompose(Supplier::get)
        .whenComplete(
            (done, failed) -> {
              pauses.awaitNobody();
              if (failed == null) {
                result.complete(done);
              } else {
                result.completeExceptionally(reading.failure().orElse(failed));
              }
            });
    pauses
        .storeIsLate()
        .thenRun(
            () ->
                result.completeExceptionally(
                    reading.failure().orElseGet(() -> new RefusedException(late))));
    return result;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (!BodyReader.claim(request, reading)) {
      throw new IllegalStateException("the body of a request can be read once");
    }
    reading.begin(subscriber);
  }
}
