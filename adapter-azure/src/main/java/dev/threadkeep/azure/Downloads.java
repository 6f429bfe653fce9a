package dev.threadkeep.azure;

import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.DownloadRetryOptions;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What there is under a key. Where there is nothing, the error is {@code NOT_FOUND}. */
final class Downloads {
  /** What Azure says itself of a file that was stored without a type. */
  private static final String NO_TYPE = "application/octet-stream";

  /**
   * How often a download that breaks off goes on where it did. The SDK waits twice as long each
   * time, even when the file was replaced and nothing can go on, and who reads waits with it.
   */
  private static final DownloadRetryOptions RETRIES =
      new DownloadRetryOptions().setMaxRetryRequests(3);

  private final BlobContainerAsyncClient container;

  Downloads(BlobContainerAsyncClient container) {
    this.container = container;
  }

  Mono<BlobInfo> info(BlobKey key) {
    return Call.read("GetBlobProperties", "file " + key)
        .run(container.getBlobContainerName(), () -> client(key).getProperties())
        .map(properties -> info(key, properties));
  }

  Mono<BlobContent> content(BlobKey key, ByteRange range) {
    Call call = Call.read("GetBlob", "file " + key);
    return call.run(
            container.getBlobContainerName(),
            () ->
                client(key)
                    .downloadStreamWithResponse(azure(range), RETRIES, null, false)
                    .onErrorResume(AzureErrors::isBehindTheEnd, refused -> refuse(key, range)))
        .map(response -> content(key, range, response, call));
  }

  private BlobContent content(
      BlobKey key, ByteRange range, BlobDownloadAsyncResponse response, Call call) {
    BlobDownloadHeaders headers = response.getDeserializedHeaders();
    BlobInfo info =
        info(
            key,
            wholeSize(headers),
            headers.getContentType(),
            headers.getContentDisposition(),
            headers.getETag(),
            headers.getLastModified());
    return new BlobContent(
        info,
        range.countOf(info.size()),
        new OnePublisher(
            key,
            response
                .getValue()
                .onErrorMap(
                    failure ->
                        AzureErrors.translate(failure, call, container.getBlobContainerName()))));
  }

  /** Azure does not say how long the file is that a range lies behind. */
  private <T> Mono<T> refuse(BlobKey key, ByteRange range) {
    return info(key)
        .flatMap(
            info -> {
              range.countOf(info.size());
              return Mono.error(
                  new DataLayerException(
                      ErrorCode.CONFLICT, "file " + key + " was replaced while it was read"));
            });
  }

  private BlobAsyncClient client(BlobKey key) {
    return container.getBlobAsyncClient(BlobNames.of(key));
  }

  private static BlobRange azure(ByteRange range) {
    return range.count() >= Long.MAX_VALUE - range.first()
        ? new BlobRange(range.first())
        : new BlobRange(range.first(), range.count());
  }

  private static long wholeSize(BlobDownloadHeaders headers) {
    String range = headers.getContentRange();
    return range == null
        ? headers.getContentLength()
        : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private static BlobInfo info(BlobKey key, BlobProperties properties) {
    return info(
        key,
        properties.getBlobSize(),
        properties.getContentType(),
        properties.getContentDisposition(),
        properties.getETag(),
        properties.getLastModified());
  }

  private static BlobInfo info(
      BlobKey key,
      long size,
      @Nullable String mime,
      @Nullable String disposition,
      String etag,
      OffsetDateTime modified) {
    return new BlobInfo(
        key,
        size,
        mime == null ? NO_TYPE : mime,
        Optional.ofNullable(disposition).filter(it -> !it.isEmpty()),
        etag.replace("\"", ""),
        modified.toInstant());
  }
}
