package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Limits;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Files in a bucket of S3, or of a server that speaks its protocol.
 *
 * <p>A stream of announced size, up to 5 GiB, is passed on as it comes. Any other is gathered in
 * parts of 5 MiB and more, up to 268 GiB in all. A part takes its size of memory and a passed
 * stream some 3 MiB; all uploads share half of the heap, 1 GiB at most, and one that finds none
 * left waits for it, in the order in which they came. A part keeps its memory until it has come
 * whole: whoever hands in streams ends those that stand still. A process that is killed meanwhile
 * leaves parts in the bucket that nobody sees: let a life-cycle rule of the bucket ({@code
 * AbortIncompleteMultipartUpload}) remove them.
 *
 * <p>A key with a step {@code .} or {@code ..} in its path is {@code INVALID}. A version is the
 * ETag: content that is stored again may have the version that it had. S3 does not tell a bucket
 * that is missing from a file that is, when {@link #find} asks for it.
 *
 * <p>Retries, timeouts and checksums are the client's. Servers other than Amazon's mostly need
 * {@code forcePathStyle(true)}, of the presigner {@code pathStyleAccessEnabled(true)}; older ones
 * know no checksums at the end of a request and need {@code requestChecksumCalculation} and {@code
 * responseChecksumValidation} {@code WHEN_REQUIRED}. Leave {@code chunkedEncodingEnabled} on: over
 * plain HTTP the client would hold a whole stream in memory to sign it.
 *
 * <p>A store has no threads of its own, and may be used by many at once.
 */
public final class S3BlobStore implements BlobStore {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MAX_LIFETIME = Duration.ofDays(7);

  /** Memory for uploads at most, in MiB. */
  private static final long MOST_MEMORY = 1_024;

  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.s3");

  private final Bucket bucket;
  private final S3Presigner presigner;
  private final Duration lifetime;
  private final Budget budget;

  /**
   * A store.
   *
   * @param budget in MiB
   */
  S3BlobStore(Bucket bucket, S3Presigner presigner, Duration lifetime, Budget budget) {
    this.bucket = bucket;
    this.budget = budget;
    this.presigner = presigner;
    this.lifetime = lifetime;
    log.info("Using bucket {}", bucket.name());
  }

  /**
   * The files of a bucket that is there; the addresses that {@link #readUrl} gives are good for an
   * hour.
   *
   * @param client stays the caller's: it is never closed here
   * @param presigner the same, for the same server
   */
  public static S3BlobStore of(S3AsyncClient client, S3Presigner presigner, String bucket) {
    return of(client, presigner, bucket, HOUR);
  }

  /**
   * The same, with addresses that are good for another time.
   *
   * @param lifetime from a second to seven days
   * @throws DataLayerException {@link ErrorCode#INVALID} when it is not
   */
  public static S3BlobStore of(
      S3AsyncClient client, S3Presigner presigner, String bucket, Duration lifetime) {
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw DataLayerException.invalid(
          "lifetime", "must be from a second to seven days, is " + lifetime);
    }
    long halfOfHeap = Runtime.getRuntime().maxMemory() / 2 / (1_024 * 1_024);
    return new S3BlobStore(
        new Bucket(client, bucket),
        presigner,
        lifetime,
        new Budget((int) Math.min(MOST_MEMORY, halfOfHeap)));
  }

  @Override
  public CompletionStage<Long> upload(BlobKey key, ByteBuffer content, UploadOptions options) {
    return Stages.begin(
        () -> {
          long size = content.remaining();
          Keys.checkStorable(key);
          options.checkSize(size);
          return bucket
              .put(key, AsyncRequestBody.fromRemainingByteBufferUnsafe(content), options)
              .thenApply(done -> size);
        });
  }

  @Override
  public CompletionStage<Long> upload(
      BlobKey key, Flow.Publisher<ByteBuffer> content, UploadOptions options) {
    return Stages.begin(
        () -> {
          Keys.checkStorable(key);
          long announced = options.size().orElse(0);
          if (announced > PartsUpload.MAX_BYTES) {
            throw Limits.tooLarge("content", announced, PartsUpload.MAX_BYTES);
          }
          return announced > 0 && announced <= StreamUpload.MAX_BYTES
              ? new StreamUpload(bucket, budget, key, options).run(content)
              : new PartsUpload(bucket, budget, key, options).run(content);
        });
  }

  @Override
  public CompletionStage<Optional<BlobInfo>> find(BlobKey key) {
    return Stages.begin(
        () ->
            Keys.isPossible(key)
                ? bucket.head(key).thenApply(found -> found.map(it -> Answers.info(key, it)))
                : absent());
  }

  @Override
  public CompletionStage<Optional<BlobContent>> read(BlobKey key, ByteRange range) {
    return Stages.begin(
        () ->
            Keys.isPossible(key)
                ? bucket
                    .get(key, range)
                    .thenApply(found -> found.map(it -> content(key, range, it)))
                    .exceptionallyCompose(failure -> behindEnd(key, range, failure))
                : absent());
  }

  @Override
  public CompletionStage<Void> delete(BlobKey key) {
    return Stages.begin(
        () -> Keys.isPossible(key) ? bucket.delete(key) : CompletableFuture.completedStage(null));
  }

  @Override
  public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
    return new Deletion(bucket).run(keys);
  }

  /** In the order of the keys' bytes; the cursor is the last key of a page. */
  @Override
  public CompletionStage<Page<BlobEntry>> list(String prefix, Optional<Cursor> after) {
    return Stages.begin(() -> new Listing(bucket).page(prefix, after));
  }

  @Override
  public CompletionStage<URI> readUrl(BlobKey key) {
    return Stages.begin(() -> CompletableFuture.completedStage(sign(key)));
  }

  /** Does nothing: the store has opened nothing. */
  @Override
  public void close() {}

  private static BlobContent content(BlobKey key, ByteRange range, Download answer) {
    try {
      return Answers.content(key, range, answer);
    } catch (DataLayerException refused) {
      answer.discard();
      throw refused;
    }
  }

  /** S3 refuses a part behind the end without saying how large the file is. */
  private CompletionStage<Optional<BlobContent>> behindEnd(
      BlobKey key, ByteRange range, Throwable failure) {
    if (!S3Errors.isBehindEnd(failure)) {
      return CompletableFuture.failedStage(failure);
    }
    return find(key)
        .thenApply(
            found ->
                found.map(
                    info -> {
                      range.countOf(info.size());
                      throw new DataLayerException(
                          ErrorCode.UNAVAILABLE, "file " + key + " changed while it was read");
                    }));
  }

  private URI sign(BlobKey key) {
    Keys.checkText(key);
    try {
      return URI.create(
          presigner
              .presignGetObject(
                  sign ->
                      sign.signatureDuration(lifetime)
                          .getObjectRequest(get -> get.bucket(bucket.name()).key(key.value())))
              .url()
              .toString());
    } catch (SdkException failure) {
      throw new DataLayerException(
          ErrorCode.UNAVAILABLE,
          "the address of file " + key + " was not signed: " + failure.getMessage(),
          failure);
    }
  }

  private static <T> CompletionStage<Optional<T>> absent() {
    return CompletableFuture.completedStage(Optional.empty());
  }
}
