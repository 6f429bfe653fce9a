package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import java.time.Clock;
import java.util.Optional;

/**
 * Where everything is kept.
 *
 * @param files nothing where elements have no files
 * @param keys how the files are called
 */
public record Stores(DataStore data, Optional<BlobStore> files, BlobKeys keys) {
  /** What can be done with chats, as a command does it. */
  public ChatServices services() {
    return new ChatServices(data, files, keys, Clock.systemUTC(), ChatServices.ACTIVITY_INTERVAL);
  }
}
