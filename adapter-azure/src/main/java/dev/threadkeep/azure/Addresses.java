package dev.threadkeep.azure;

import dev.threadkeep.domain.BlobKey;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Makes the addresses under which anybody can read files. */
@FunctionalInterface
interface Addresses {
  /**
   * The address of a file, whether it exists or not.
   *
   * @param key can be a name
   */
  Mono<URI> of(BlobKey key);
}
