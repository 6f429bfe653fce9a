package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.s3.Parts.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Uploads a stream of unknown size: each part is gathered in memory and sent before the next is
 * asked for. A stream that ends within the first part is stored by one request.
 */
final class PartsUpload {
  /** The smallest part that S3 takes, in MiB. */
  private static final int UNIT_MIB = 5;

  private static final int UNIT = UNIT_MIB * 1_024 * 1_024;

  private static final int MAX_PARTS = 10_000;

  /** Of each so many parts, every one is a unit larger than those before. */
  private static final int GROWTH = 1_000;

  /** What the parts hold together. */
  static final long MAX_BYTES =
      (long) UNIT * GROWTH * (MAX_PARTS / GROWTH) * (MAX_PARTS / GROWTH + 1) / 2;

  private final Bucket bucket;
  private final Budget budget;
  private final BlobKey key;
  private final UploadOptions options;
  private final Parts parts;
  private final List<CompletedPart> sent = new ArrayList<>();

  PartsUpload(Bucket bucket, Budget budget, BlobKey key, UploadOptions options) {
    this.bucket = bucket;
    this.budget = budget;
    this.key = key;
    this.options = options;
    this.parts = new Parts(key, options);
  }

  /** Stores the stream and gives its size. */
  CompletionStage<Long> run(Flow.Publisher<ByteBuffer> content) {
    return budget
        .use(
            memory(1),
            () -> {
              begin(content);
              return parts.next(size(1)).thenCompose(this::first);
            })
        .thenCompose(Supplier::get)
        .whenComplete((done, failure) -> parts.cancel())
        .thenApply(done -> parts.count());
  }

  private void begin(Flow.Publisher<ByteBuffer> content) {
    try {
      content.subscribe(parts);
    } catch (RuntimeException refused) {
      parts.onError(refused);
    }
  }

  /** Sends the first part and gives what is left to be done when its memory is free. */
  private CompletionStage<Supplier<CompletionStage<Void>>> first(Part part) {
    return part.last()
        ? bucket.put(key, body(part), options).thenApply(done -> this::nothing)
        : bucket
            .createUpload(key, options)
            .thenCompose(
                upload ->
                    orAbort(upload, send(upload, 1, part))
                        .thenApply(done -> () -> orAbort(upload, rest(upload))));
  }

  private CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> rest(String upload) {
    return from(upload, 2).thenCompose(done -> bucket.completeUpload(key, upload, sent, options));
  }

  /** Gathers and sends the parts from this one on. */
  private CompletionStage<Void> from(String upload, int number) {
    if (number > MAX_PARTS) {
      return CompletableFuture.failedStage(Limits.tooLarge("content", parts.count(), MAX_BYTES));
    }
    return budget
        .use(
            memory(number),
            () ->
                parts
                    .next(size(number))
                    .thenCompose(part -> send(upload, number, part).thenApply(done -> part.last())))
        .thenCompose(
            last -> last ? CompletableFuture.completedStage(null) : from(upload, number + 1));
  }

  private CompletionStage<Void> send(String upload, int number, Part part) {
    return bucket
        .uploadPart(key, upload, number, body(part))
        .thenAccept(response -> sent.add(completed(number, response)));
  }

  /** What fails leaves no parts behind, as far as S3 can be told. */
  private <T> CompletionStage<T> orAbort(String upload, CompletionStage<T> work) {
    return work.exceptionallyCompose(
        failure ->
            bucket
                .abortUpload(key, upload)
                .handle(
                    (aborted, left) -> {
                      Throwable error = S3Errors.unwrap(failure);
                      if (left != null) {
                        error.addSuppressed(S3Errors.unwrap(left));
                      }
                      throw new CompletionException(error);
                    }));
  }

  private static AsyncRequestBody body(Part part) {
    return AsyncRequestBody.fromRemainingByteBufferUnsafe(part.bytes());
  }

  /** The checksums are there when the client makes them, and then S3 wants them again. */
  private static CompletedPart completed(int number, UploadPartResponse response) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.eTag())
        .checksumCRC32(response.checksumCRC32())
        .checksumCRC32C(response.checksumCRC32C())
        .checksumCRC64NVME(response.checksumCRC64NVME())
        .checksumSHA1(response.checksumSHA1())
        .checksumSHA256(response.checksumSHA256())
        .build();
  }

  private static int units(int number) {
    return 1 + (number - 1) / GROWTH;
  }

  private static int memory(int number) {
    return units(number) * UNIT_MIB;
  }

  private static int size(int number) {
    return units(number) * UNIT;
  }
}
