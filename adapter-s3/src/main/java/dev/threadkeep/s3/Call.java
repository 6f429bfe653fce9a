package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to S3, as messages and the log name it.
 *
 * @param operation the name of the operation in S3's API
 * @param what what it is about: {@code file ada/t-1/e-1}
 * @param effect whether it changes any file; where a reply is lost, that makes the difference
 */
record Call(String operation, String what, Effect effect) {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.s3");

  enum Effect {
    /** Also of what writes where nobody reads, such as a part of an upload. */
    NONE,
    WRITE
  }

  static Call read(String operation, BlobKey key) {
    return new Call(operation, "file " + key, Effect.NONE);
  }

  static Call write(String operation, BlobKey key) {
    return new Call(operation, "file " + key, Effect.WRITE);
  }

  /** Makes the request. It is logged when it is answered; what it fails with is translated. */
  <R> CompletionStage<R> run(String bucket, Supplier<CompletableFuture<R>> request) {
    return begin(request)
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw S3Errors.translate(failure, this, bucket);
              }
              log.debug("{}", this);
              return response;
            });
  }

  @Override
  public String toString() {
    return operation + " of " + what;
  }

  /** The SDK throws when a client is closed or a request is malformed. */
  private static <R> CompletableFuture<R> begin(Supplier<CompletableFuture<R>> request) {
    try {
      return request.get();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
