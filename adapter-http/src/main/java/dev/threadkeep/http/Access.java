package dev.threadkeep.http;

/** Who may call a route. */
enum Access {
  /** Everybody, signed in or not. */
  ANYONE,
  /** A person or a chat backend. */
  CALLERS,
  /** A person only, because the answer is about whoever asks. */
  PEOPLE
}
