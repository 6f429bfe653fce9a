package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.UploadOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** One upload of announced size, passed on as it comes. */
final class StreamUpload {
  /** What S3 stores by one request. */
  static final long MAX_BYTES = 5L * 1_024 * 1_024 * 1_024;

  /**
   * What the client holds of a stream, in MiB: up to sixteen chunks of 128 KB that it has signed.
   */
  private static final int MEMORY = 3;

  private final Bucket bucket;
  private final Budget budget;
  private final BlobKey key;
  private final UploadOptions options;

  /**
   * An upload.
   *
   * @param options with the size
   */
  StreamUpload(Bucket bucket, Budget budget, BlobKey key, UploadOptions options) {
    this.bucket = bucket;
    this.budget = budget;
    this.key = key;
    this.options = options;
  }

  /** Uploads the content; gives its size. */
  CompletionStage<Long> run(Flow.Publisher<ByteBuffer> content) {
    StreamBody body = new StreamBody(key, content, options);
    return budget
        .use(MEMORY, () -> bucket.put(key, body, options))
        .handle(
            (done, failure) -> {
              body.cancel();
              if (failure != null) {
                throw body.failure().orElseGet(() -> S3Errors.known(failure));
              }
              return options.size().orElseThrow();
            });
  }
}
