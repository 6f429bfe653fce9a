package dev.threadkeep.bootstrap.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be closed at the end, in reverse order of its making. */
public final class Resources implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.bootstrap");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Keeps something until the end, and gives it back. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes all. What cannot be closed does not keep the others. */
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception failure) {
        log.warn("{} did not close", resource.getClass().getSimpleName(), failure);
      }
    }
  }
}
