package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.dynamodb.Call.Effect;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** What the errors of the AWS SDK mean to a caller. Their messages may hold data: ours do not. */
final class DynamoErrors {
  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException");

  private DynamoErrors() {}

  /** The error of the data layer for whatever a stage of the SDK failed with. */
  static DataLayerException translate(Throwable failure, Call call, String table) {
    Throwable cause = unwrap(failure);
    if (cause instanceof DataLayerException known) {
      return known;
    }
    return cause instanceof AwsServiceException answer
        ? translateAnswer(answer, call, table)
        : translateSilence(cause, call);
  }

  /** The error of the data layer that a stage failed with, after {@link #translate}. */
  static DataLayerException known(Throwable failure) {
    if (unwrap(failure) instanceof DataLayerException known) {
      return known;
    }
    throw new IllegalStateException("not translated", failure);
  }

  /** The refusal of a condition, if that is what failed. */
  static Optional<ConditionalCheckFailedException> refusal(Throwable failure) {
    return unwrap(failure) instanceof ConditionalCheckFailedException refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private static DataLayerException translateAnswer(
      AwsServiceException answer, Call call, String table) {
    if (answer.isThrottlingException()
        || answer instanceof RequestLimitExceededException
        || answer instanceof LimitExceededException) {
      return error(ErrorCode.THROTTLED, "DynamoDB asks to slow down at " + call, answer);
    } else if (answer instanceof ResourceNotFoundException) {
      return error(ErrorCode.UNAVAILABLE, "DynamoDB has no table " + table, answer);
    } else if (answer instanceof ResourceInUseException) {
      return error(ErrorCode.ALREADY_EXISTS, "DynamoDB has the table " + table, answer);
    } else if (answer instanceof TransactionConflictException) {
      return error(ErrorCode.CONFLICT, call + " met another write", answer);
    } else if (DENIED.contains(codeOf(answer))) {
      return error(
          ErrorCode.UNAVAILABLE,
          "DynamoDB denies "
              + call
              + ": the credentials are wrong, or their policy does not allow it on table "
              + table,
          answer);
    } else if (answer.statusCode() >= 500) {
      return error(unanswered(call), "DynamoDB failed at " + call, answer);
    } else if (isItemTooLarge(answer)) {
      return error(
          ErrorCode.TOO_LARGE,
          String.format(
              Locale.ROOT, "%s would be larger than %,d bytes", call.what(), ItemSize.LIMIT),
          answer);
    }
    return error(ErrorCode.INVALID, "DynamoDB refuses " + call + ": " + codeOf(answer), answer);
  }

  /** No answer came: the request was not sent, or what became of it is unknown. */
  private static DataLayerException translateSilence(Throwable cause, Call call) {
    if (has(cause, ConnectException.class, UnknownHostException.class) || gotNoConnection(cause)) {
      return error(ErrorCode.UNAVAILABLE, "DynamoDB cannot be reached for " + call, cause);
    } else if (has(cause, IOException.class, TimeoutException.class)
        || has(cause, ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class)) {
      return error(unanswered(call), "DynamoDB: the reply was lost to " + call, cause);
    }
    return error(ErrorCode.UNAVAILABLE, call + " was not sent: " + cause.getMessage(), cause);
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

  private static boolean isItemTooLarge(AwsServiceException answer) {
    String message = Objects.requireNonNullElse(answer.getMessage(), "");
    return message.contains("Item size") && message.contains("exceeded");
  }

  private static String codeOf(AwsServiceException answer) {
    return answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
  }

  private static DataLayerException error(ErrorCode code, String message, Throwable cause) {
    return new DataLayerException(code, message, cause);
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

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrap(cause) : failure;
  }
}
