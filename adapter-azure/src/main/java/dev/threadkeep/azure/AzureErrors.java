package dev.threadkeep.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.threadkeep.azure.Call.Effect;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What the errors of Azure's SDK mean to a caller. They hold addresses with signatures and headers
 * with credentials, so neither their messages nor they themselves are passed on; only what the
 * network says is.
 */
final class AzureErrors {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_LARGE = 413;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private static final Set<BlobErrorCode> NO_CONTAINER =
      Set.of(
          BlobErrorCode.CONTAINER_NOT_FOUND,
          BlobErrorCode.CONTAINER_BEING_DELETED,
          BlobErrorCode.CONTAINER_DISABLED);

  /** A commit found blocks of another upload in its way, or its own gone. */
  private static final Set<BlobErrorCode> OTHER_BLOCKS =
      Set.of(BlobErrorCode.INVALID_BLOCK_LIST, BlobErrorCode.INVALID_BLOB_OR_BLOCK);

  private AzureErrors() {}

  /** The error of the data layer for whatever a request to a container failed with. */
  static DataLayerException translate(Throwable failure, Call call, String container) {
    Throwable cause = unwrap(failure);
    if (cause instanceof DataLayerException known) {
      return known;
    } else if (cause instanceof BlobStorageException answer) {
      return translateAnswer(answer, call, container);
    } else if (cause instanceof ClientAuthenticationException) {
      return error(ErrorCode.UNAVAILABLE, "No token could be had from the credential for " + call);
    }
    return translateSilence(cause, call);
  }

  /** The error of a publisher whose content was to be stored. */
  static DataLayerException ofContent(Throwable failure, String file) {
    return unwrap(failure) instanceof DataLayerException known
        ? known
        : new DataLayerException(
            ErrorCode.UNAVAILABLE, "the content of " + file + " could not be read", failure);
  }

  /** Whether a range was refused because it begins behind the end. */
  static boolean isBehindTheEnd(Throwable failure) {
    return unwrap(failure) instanceof BlobStorageException answer
        && answer.getStatusCode() == RANGE_NOT_SATISFIABLE;
  }

  /** Whether Azure wants nothing to do with a request, whoever makes it and when. */
  static boolean isRefusal(Throwable failure) {
    return unwrap(failure) instanceof BlobStorageException answer
        && answer.getStatusCode() >= BAD_REQUEST
        && answer.getStatusCode() < SERVER_ERROR
        && answer.getStatusCode() != TOO_MANY_REQUESTS
        && !NO_CONTAINER.contains(codeOf(answer));
  }

  /** Whether an answer says that there is no such file, and not that there is no container. */
  static boolean isNoFile(BlobStorageException answer) {
    return answer.getStatusCode() == NOT_FOUND && !NO_CONTAINER.contains(codeOf(answer));
  }

  /** Whether it means that there is no such file. */
  static boolean isNotFound(Throwable failure) {
    return failure instanceof DataLayerException known && known.code() == ErrorCode.NOT_FOUND;
  }

  private static DataLayerException translateAnswer(
      BlobStorageException answer, Call call, String container) {
    BlobErrorCode code = codeOf(answer);
    int status = answer.getStatusCode();
    if (status == TOO_MANY_REQUESTS || code.equals(BlobErrorCode.SERVER_BUSY)) {
      return error(ErrorCode.THROTTLED, "Azure asks to slow down at " + call);
    } else if (NO_CONTAINER.contains(code)) {
      return error(ErrorCode.UNAVAILABLE, "Azure has no container " + container);
    } else if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return error(
          ErrorCode.UNAVAILABLE,
          "Azure denies "
              + call
              + " ("
              + code
              + "): the account's key, token or SAS is wrong or has expired, or does not allow it"
              + " on container "
              + container);
    } else if (status == NOT_FOUND) {
      return error(ErrorCode.NOT_FOUND, call.what() + " not found");
    } else if (status >= SERVER_ERROR) {
      return error(unanswered(call), "Azure failed at " + call + " (" + code + ")");
    }
    return translateRefusal(status, code, call);
  }

  private static DataLayerException translateRefusal(int status, BlobErrorCode code, Call call) {
    if (code.equals(BlobErrorCode.BLOB_ALREADY_EXISTS)) {
      return error(ErrorCode.ALREADY_EXISTS, call.what() + " already exists");
    } else if (OTHER_BLOCKS.contains(code)) {
      return error(ErrorCode.CONFLICT, "another upload of " + call.what() + " was faster");
    } else if (status == CONFLICT || status == PRECONDITION_FAILED) {
      return error(ErrorCode.CONFLICT, "Azure does not allow " + call + " now: " + code);
    } else if (status == TOO_LARGE || code.equals(BlobErrorCode.BLOCK_COUNT_EXCEEDS_LIMIT)) {
      return error(ErrorCode.TOO_LARGE, call.what() + " is larger than Azure takes: " + code);
    }
    return error(ErrorCode.INVALID, "Azure refuses " + call + ": " + code);
  }

  /** No answer came: the request was not sent, or what became of it is unknown. */
  private static DataLayerException translateSilence(Throwable failure, Call call) {
    Optional<Throwable> network =
        causes(failure)
            .filter(it -> it instanceof IOException || it instanceof TimeoutException)
            .findFirst();
    if (causes(failure).anyMatch(AzureErrors::wasNotReached)) {
      return new DataLayerException(
          ErrorCode.UNAVAILABLE, "Azure cannot be reached for " + call, network.orElse(null));
    } else if (network.isPresent()) {
      return new DataLayerException(
          unanswered(call), "Azure: the reply was lost to " + call, network.get());
    }
    return error(
        ErrorCode.UNAVAILABLE, call + " was not sent: " + failure.getClass().getSimpleName());
  }

  private static boolean wasNotReached(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException;
  }

  private static ErrorCode unanswered(Call call) {
    return call.effect() == Effect.WRITE ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE;
  }

  /** An answer from something in between has no code, only a status. */
  private static BlobErrorCode codeOf(BlobStorageException answer) {
    @Nullable BlobErrorCode code = answer.getErrorCode();
    return code == null ? BlobErrorCode.fromString("status " + answer.getStatusCode()) : code;
  }

  private static DataLayerException error(ErrorCode code, String message) {
    return new DataLayerException(code, message);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, it -> it != null, Throwable::getCause);
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = Exceptions.unwrap(failure);
    return cause instanceof CompletionException && cause.getCause() != null
        ? unwrap(cause.getCause())
        : cause;
  }
}
