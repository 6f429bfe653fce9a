package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the headers of S3's answers say of a file. */
final class Answers {
  /** What a file has that was stored without a type. */
  private static final String ANY_TYPE = "application/octet-stream";

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes \\d+-\\d+/(\\d{1,18})");

  private Answers() {}

  static BlobInfo info(BlobKey key, HeadObjectResponse answer) {
    return new BlobInfo(
        key,
        answer.contentLength(),
        mime(answer.contentType()),
        Optional.ofNullable(answer.contentDisposition()),
        version(answer.eTag()),
        answer.lastModified());
  }

  /**
   * A file, or the part that was asked for.
   *
   * @throws DataLayerException when it is another part
   */
  static BlobContent content(BlobKey key, ByteRange range, Download download) {
    GetObjectResponse answer = download.response();
    long size = size(key, answer);
    long count = range.countOf(size);
    if (count != answer.contentLength()) {
      throw notUnderstood(key, answer.contentLength() + " bytes where " + count + " were wanted");
    }
    return new BlobContent(
        new BlobInfo(
            key,
            size,
            mime(answer.contentType()),
            Optional.ofNullable(answer.contentDisposition()),
            version(answer.eTag()),
            answer.lastModified()),
        count,
        download);
  }

  private static String mime(@Nullable String contentType) {
    return Objects.requireNonNullElse(contentType, ANY_TYPE);
  }

  private static String version(@Nullable String etag) {
    return Objects.requireNonNullElse(etag, "").replace("\"", "");
  }

  private static long size(BlobKey key, GetObjectResponse answer) {
    if (answer.contentRange() == null) {
      return answer.contentLength();
    }
    Matcher range = CONTENT_RANGE.matcher(answer.contentRange());
    if (!range.matches()) {
      throw notUnderstood(key, "Content-Range " + answer.contentRange());
    }
    return Long.parseLong(range.group(1));
  }

  private static DataLayerException notUnderstood(BlobKey key, String what) {
    return new DataLayerException(
        ErrorCode.UNAVAILABLE, "S3 answers GetObject of file " + key + " with " + what);
  }
}
