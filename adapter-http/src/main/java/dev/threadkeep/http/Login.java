package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import java.util.Optional;

/**
 * Who is calling.
 *
 * @param signedIn the person's token; a chat backend has none
 * @param source how the caller said so
 */
record Login(Caller caller, Optional<SignedIn> signedIn, Source source) {
  /** Where the credentials came from. */
  enum Source {
    /** The browser sent it along by itself, whoever asked it to. */
    COOKIE,
    /** Whoever made the request put it there. */
    BEARER
  }
}
