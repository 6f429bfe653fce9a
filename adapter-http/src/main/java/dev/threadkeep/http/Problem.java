package dev.threadkeep.http;

import dev.threadkeep.application.NotConfiguredException;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error as callers see it (RFC 9457).
 *
 * @param code a stable name, one of {@link Code}
 * @param detail one sentence for people; Chainlit's front end shows it
 * @param headers what the answer needs beside the body
 */
record Problem(int status, String code, String detail, List<Header> headers) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(Code code, String detail) {
    return new Problem(code.status(), code.name(), detail, headers(code));
  }

  /**
   * What callers may know of a failure: the message of an error of the data layer, which is made
   * for them, and nothing of an unexpected one.
   */
  static Problem of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    } else if (failure instanceof RefusedException refused) {
      return refused.problem();
    } else if (failure instanceof DataLayerException error) {
      return of(Code.of(error.code()), String.valueOf(error.getMessage()));
    } else if (failure instanceof NotConfiguredException) {
      return of(Code.NOT_CONFIGURED, String.valueOf(failure.getMessage()));
    }
    return of(Code.INTERNAL, "something went wrong here; the log has it under the X-Request-Id");
  }

  /** The same, with one header more. */
  Problem with(String header, String value) {
    return new Problem(status, code, detail, Header.and(headers, header, value));
  }

  /** Whether it is ours and not the caller's, so that the log has to have it. */
  boolean isOurs() {
    return status >= 500 && status != Code.NOT_CONFIGURED.status();
  }

  JsonObject json() {
    return JsonObject.of("type", JsonValue.of("about:blank"))
        .with("title", JsonValue.of(String.valueOf(HttpStatus.getMessage(status))))
        .with("status", JsonValue.of(status))
        .with("detail", JsonValue.of(detail))
        .with("code", JsonValue.of(code));
  }

  Answer answer() {
    return new Answer(status, CONTENT_TYPE, headers, JsonBody.of(json()));
  }

  private static List<Header> headers(Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> List.of(new Header("WWW-Authenticate", "Bearer"));
      case THROTTLED -> List.of(new Header("Retry-After", "1"));
      case UNAVAILABLE -> List.of(new Header("Retry-After", "5"));
      default -> List.of();
    };
  }
}
