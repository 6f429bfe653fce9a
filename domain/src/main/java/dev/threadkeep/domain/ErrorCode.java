package dev.threadkeep.domain;

/** What went wrong, as far as a caller can act on it. */
public enum ErrorCode {
  /** The thing named does not exist, or the caller may not know that it does. */
  NOT_FOUND,
  /** Something else has the id already; nothing was written. */
  ALREADY_EXISTS,
  /** The arguments break a rule that the message names; nothing was written. */
  INVALID,
  /** A value is larger than the limit that the message names; nothing was written. */
  TOO_LARGE,
  /** The stored state does not allow it, or it changed meanwhile too often; nothing was written. */
  CONFLICT,
  /** The store asks to slow down; repeat later. */
  THROTTLED,
  /** The store cannot be reached or does not work now; repeat later. */
  UNAVAILABLE,
  /**
   * The reply to a write was lost: it may have happened. Writes are idempotent by id, so repeating
   * is safe.
   */
  OUTCOME_UNKNOWN,
  /** What is stored cannot be understood. */
  CORRUPT
}
