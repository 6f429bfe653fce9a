package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UploadOptions.Existing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The requests to one bucket. Their stages fail with errors of the data layer. */
final class Bucket {
  private final S3AsyncClient client;
  private final String name;

  Bucket(S3AsyncClient client, String name) {
    this.client = client;
    this.name = name;
  }

  String name() {
    return name;
  }

  CompletionStage<Void> put(BlobKey key, AsyncRequestBody body, UploadOptions options) {
    return Call.write("PutObject", key)
        .run(
            name,
            () ->
                client.putObject(
                    put ->
                        put.bucket(name)
                            .key(key.value())
                            .contentType(options.mime())
                            .contentDisposition(options.disposition().orElse(null))
                            .ifNoneMatch(ifNoneMatch(options)),
                    body))
        .thenAccept(Bucket::ignore);
  }

  /** Begins an upload in parts and gives its id. */
  CompletionStage<String> createUpload(BlobKey key, UploadOptions options) {
    return Call.read("CreateMultipartUpload", key)
        .run(
            name,
            () ->
                client.createMultipartUpload(
                    create ->
                        create
                            .bucket(name)
                            .key(key.value())
                            .contentType(options.mime())
                            .contentDisposition(options.disposition().orElse(null))))
        .thenApply(CreateMultipartUploadResponse::uploadId);
  }

  CompletionStage<UploadPartResponse> uploadPart(
      BlobKey key, String upload, int number, AsyncRequestBody body) {
    return Call.read("UploadPart " + number, key)
        .run(
            name,
            () ->
                client.uploadPart(
                    part -> part.bucket(name).key(key.value()).uploadId(upload).partNumber(number),
                    body));
  }

  CompletionStage<Void> completeUpload(
      BlobKey key, String upload, List<CompletedPart> parts, UploadOptions options) {
    return Call.write("CompleteMultipartUpload", key)
        .run(
            name,
            () ->
                client.completeMultipartUpload(
                    complete ->
                        complete
                            .bucket(name)
                            .key(key.value())
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts))
                            .ifNoneMatch(ifNoneMatch(options))))
        .thenAccept(Bucket::ignore);
  }

  CompletionStage<Void> abortUpload(BlobKey key, String upload) {
    return Call.read("AbortMultipartUpload", key)
        .run(
            name,
            () ->
                client.abortMultipartUpload(
                    abort -> abort.bucket(name).key(key.value()).uploadId(upload)))
        .thenAccept(Bucket::ignore);
  }

  CompletionStage<Optional<HeadObjectResponse>> head(BlobKey key) {
    return Call.read("HeadObject", key)
        .run(name, () -> ifPresent(client.headObject(head -> head.bucket(name).key(key.value()))));
  }

  CompletionStage<Optional<Download>> get(BlobKey key, ByteRange range) {
    Call call = Call.read("GetObject", key);
    return call.run(
        name,
        () ->
            ifPresent(
                client.getObject(
                    get -> get.bucket(name).key(key.value()).range(header(range)),
                    new DownloadTransformer(failure -> S3Errors.translate(failure, call, name)))));
  }

  CompletionStage<Void> delete(BlobKey key) {
    return Call.write("DeleteObject", key)
        .run(name, () -> client.deleteObject(delete -> delete.bucket(name).key(key.value())))
        .thenAccept(Bucket::ignore);
  }

  /** Removes some files and gives those that S3 did not remove. */
  CompletionStage<List<S3Error>> delete(List<BlobKey> keys) {
    DeleteObjectsRequest request =
        DeleteObjectsRequest.builder()
            .bucket(name)
            .delete(
                delete ->
                    delete
                        .quiet(true)
                        .objects(
                            keys.stream()
                                .map(key -> ObjectIdentifier.builder().key(key.value()).build())
                                .toList()))
            .build();
    return new Call("DeleteObjects", keys.size() + " files", Call.Effect.WRITE)
        .run(name, () -> client.deleteObjects(request))
        .thenApply(response -> response.errors());
  }

  /**
   * The next files whose keys begin with a text.
   *
   * @param after a key or empty
   * @param token of an answer that had no files and still was not the last, if there was one
   */
  CompletionStage<ListObjectsV2Response> list(
      String prefix, String after, @Nullable String token, int limit) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(name)
            .prefix(prefix)
            .maxKeys(limit)
            .encodingType(EncodingType.URL); // otherwise XML would have to carry the keys
    if (!after.isEmpty()) {
      request.startAfter(after);
    }
    return new Call("ListObjectsV2", "files " + prefix, Call.Effect.NONE)
        .run(name, () -> client.listObjectsV2(request.continuationToken(token).build()));
  }

  private static @Nullable String ifNoneMatch(UploadOptions options) {
    return options.existing() == Existing.KEEP ? "*" : null;
  }

  private static @Nullable String header(ByteRange range) {
    if (range.equals(ByteRange.ALL)) {
      return null; // an empty file has no range
    }
    String last =
        range.count() > Long.MAX_VALUE - range.first()
            ? ""
            : Long.toString(range.first() + range.count() - 1);
    return "bytes=" + range.first() + "-" + last;
  }

  private static <R> CompletableFuture<Optional<R>> ifPresent(CompletableFuture<R> response) {
    Function<Throwable, Optional<R>> absent =
        failure -> {
          if (S3Errors.isAbsent(failure)) {
            return Optional.empty();
          }
          throw new CompletionException(failure);
        };
    return response.thenApply(Optional::of).exceptionally(absent);
  }

  private static void ignore(Object answer) {}
}
