package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.s3.Call.Effect;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** What the errors of S3 and of the AWS SDK mean to a caller. */
final class S3Errors {
  private static final String NO_BUCKET = "NoSuchBucket";
  private static final String NO_UPLOAD = "NoSuchUpload";
  private static final int NOT_IMPLEMENTED = 501;

  private static final Set<String> DENIED =
      Set.of("AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken");

  private static final Set<String> ELSEWHERE =
      Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect");

  private static final Set<String> THROTTLED = Set.of("SlowDown", "ServiceUnavailable");

  /** The key is taken, or another upload of it has just ended. */
  private static final Set<String> TAKEN =
      Set.of("PreconditionFailed", "ConditionalRequestConflict");

  private static final Set<String> TOO_LARGE = Set.of("EntityTooLarge", "KeyTooLongError");

  /** The request came damaged, or not in time: not the caller's fault. */
  private static final Set<String> DAMAGED =
      Set.of("BadDigest", "IncompleteBody", "RequestTimeout");

  private S3Errors() {}

  /** The error of the data layer for whatever a request failed with. */
  static DataLayerException translate(Throwable failure, Call call, String bucket) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataLayerException ours) { // of a stream, within an error of the SDK
        return ours;
      }
    }
    Throwable cause = unwrap(failure);
    return cause instanceof AwsServiceException answer
        ? translateAnswer(answer, call, bucket)
        : translateSilence(cause, call);
  }

  /** The error for one key among many in an answer. */
  static DataLayerException translateCode(String code, Call call, String bucket) {
    return translateAnswer(code, 0, new Attempt(call, bucket, null));
  }

  /** The error for what the publisher of an upload fails with. */
  static DataLayerException translateContent(Throwable failure, BlobKey key) {
    return failure instanceof DataLayerException known
        ? known
        : new DataLayerException(
            ErrorCode.UNAVAILABLE, "the content of file " + key + " could not be read", failure);
  }

  /** The error that a stage failed with, after {@link #translate}. */
  static DataLayerException known(Throwable failure) {
    if (unwrap(failure) instanceof DataLayerException known) {
      return known;
    }
    throw new IllegalStateException("not translated", failure);
  }

  /** Whether the answer is that there is no such file; a bucket that is not there is an error. */
  static boolean isAbsent(Throwable failure) {
    return unwrap(failure) instanceof AwsServiceException answer
        && answer.statusCode() == 404
        && !codeOf(answer).equals(NO_BUCKET);
  }

  /** Whether a part was asked for that begins behind the end of the file. */
  static boolean isBehindEnd(Throwable failure) {
    return unwrap(failure) instanceof DataLayerException known
        && known.getCause() instanceof AwsServiceException answer
        && answer.statusCode() == 416;
  }

  /** What failed, without what stages put around it. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrap(cause) : failure;
  }

  /** An answer that is no success, as the translation of its code needs it. */
  private record Attempt(Call call, String bucket, @Nullable Throwable cause) {
    DataLayerException error(ErrorCode code, String message) {
      return new DataLayerException(code, message, cause);
    }
  }

  private static DataLayerException translateAnswer(
      AwsServiceException answer, Call call, String bucket) {
    Attempt attempt = new Attempt(call, bucket, answer);
    if (answer.isThrottlingException()) {
      return throttled(attempt);
    } else if (mayHaveWritten(answer, call)) {
      return attempt.error(
          ErrorCode.OUTCOME_UNKNOWN,
          "S3: " + call + " was sent again after a failure, and may have been done before");
    }
    return translateAnswer(codeOf(answer), answer.statusCode(), attempt);
  }

  private static DataLayerException translateAnswer(String code, int status, Attempt attempt) {
    Call call = attempt.call();
    if (THROTTLED.contains(code)) {
      return throttled(attempt);
    } else if (code.equals(NO_BUCKET)) {
      return attempt.error(ErrorCode.UNAVAILABLE, "S3 has no bucket " + attempt.bucket());
    } else if (TAKEN.contains(code)) {
      return attempt.error(ErrorCode.ALREADY_EXISTS, call.what() + " already exists");
    } else if (code.equals(NO_UPLOAD)) {
      return attempt.error(
          ErrorCode.UNAVAILABLE, "S3 has given up the upload of " + call.what() + " in parts");
    } else if (TOO_LARGE.contains(code)) {
      return attempt.error(ErrorCode.TOO_LARGE, "S3 refuses " + call + ": " + code);
    } else if (ELSEWHERE.contains(code) || status / 100 == 3) {
      return attempt.error(
          ErrorCode.UNAVAILABLE,
          "S3 keeps bucket " + attempt.bucket() + " elsewhere: check the region of the client");
    } else if (DENIED.contains(code) || status == 401 || status == 403) {
      return denied(attempt);
    } else if (DAMAGED.contains(code)) {
      return attempt.error(ErrorCode.UNAVAILABLE, "S3 did not get " + call + " whole: " + code);
    } else if ((status >= 500 && status != NOT_IMPLEMENTED) || code.equals("InternalError")) {
      return attempt.error(unanswered(call), "S3 failed at " + call);
    }
    return attempt.error(ErrorCode.INVALID, "S3 refuses " + call + ": " + code);
  }

  private static DataLayerException throttled(Attempt attempt) {
    return attempt.error(ErrorCode.THROTTLED, "S3 asks to slow down at " + attempt.call());
  }

  private static DataLayerException denied(Attempt attempt) {
    return attempt.error(
        ErrorCode.UNAVAILABLE,
        "S3 denies "
            + attempt.call()
            + ": the credentials are wrong, or their policy does not allow it on bucket "
            + attempt.bucket()
            + "; without s3:ListBucket, it also denies what is not there");
  }

  /** No answer came: the request was not sent, or what became of it is unknown. */
  private static DataLayerException translateSilence(Throwable cause, Call call) {
    Attempt attempt = new Attempt(call, "", cause);
    if (has(cause, ConnectException.class, UnknownHostException.class) || gotNoConnection(cause)) {
      return attempt.error(ErrorCode.UNAVAILABLE, "S3 cannot be reached for " + call);
    } else if (has(cause, IOException.class, TimeoutException.class)
        || has(cause, ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class)) {
      return attempt.error(unanswered(call), "S3: the reply was lost to " + call);
    }
    return attempt.error(ErrorCode.UNAVAILABLE, call + " was not sent: " + cause.getMessage());
  }

  /** Netty's pool gave up waiting for a connection: a TimeoutException, but nothing was sent. */
  private static boolean gotNoConnection(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (Objects.requireNonNullElse(cause.getMessage(), "").contains("Acquire operation took")) {
        return true;
      }
    }
    return false;
  }

  private static ErrorCode unanswered(Call call) {
    return call.effect() == Effect.WRITE ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE;
  }

  /** The SDK sent a write again, and what is refused now is what the write itself leads to. */
  private static boolean mayHaveWritten(AwsServiceException answer, Call call) {
    String code = codeOf(answer);
    return call.effect() == Effect.WRITE
        && Objects.requireNonNullElse(answer.numAttempts(), 1) > 1
        && (TAKEN.contains(code) || code.equals(NO_UPLOAD));
  }

  private static String codeOf(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : Objects.requireNonNullElse(answer.awsErrorDetails().errorCode(), "");
  }

  @SafeVarargs
  private static boolean has(Throwable failure, Class<? extends Throwable>... types) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Class<? extends Throwable> type : types) {
        if (type.isInstance(cause)) {
          return true;
        }
      }
    }
    return false;
  }
}
