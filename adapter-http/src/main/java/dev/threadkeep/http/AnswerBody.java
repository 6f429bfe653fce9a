package dev.threadkeep.http;

/** What follows the headers of an answer. */
sealed interface AnswerBody permits JsonBody, StreamBody {
  /** Whether nothing follows. */
  boolean isEmpty();

  /** To be called when it is not written. */
  default void discard() {}
}
