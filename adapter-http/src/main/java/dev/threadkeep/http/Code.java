package dev.threadkeep.http;

import dev.threadkeep.domain.ErrorCode;

/** What an error is called in an answer, and its status. These names are part of the API. */
enum Code {
  MALFORMED(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  CROSS_ORIGIN(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  REQUEST_TIMEOUT(408),
  ALREADY_EXISTS(409),
  CONFLICT(409),
  PRECONDITION_FAILED(412),
  TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RANGE_NOT_SATISFIABLE(416),
  INVALID(422),
  THROTTLED(429),
  HEADERS_TOO_LARGE(431),
  CORRUPT(500),
  INTERNAL(500),
  NOT_CONFIGURED(501),
  UNAVAILABLE(503),
  OUTCOME_UNKNOWN(504);

  private final int status;

  Code(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  static Code of(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND -> NOT_FOUND;
      case ALREADY_EXISTS -> ALREADY_EXISTS;
      case INVALID -> INVALID;
      case TOO_LARGE -> TOO_LARGE;
      case CONFLICT -> CONFLICT;
      case THROTTLED -> THROTTLED;
      case UNAVAILABLE -> UNAVAILABLE;
      case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
      case CORRUPT -> CORRUPT;
    };
  }
}
