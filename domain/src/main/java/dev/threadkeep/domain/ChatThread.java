package dev.threadkeep.domain;

import dev.threadkeep.domain.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A conversation's own data: what it is called and whose it is. Its steps and elements are entities
 * beside it.
 */
@DomainStyle
@Value.Immutable
public interface ChatThread {
  ThreadId id();

  Optional<String> name();

  /**
   * The owner. A thread that others left behind may have none; nobody but the service reaches it
   * then. In JSON it is {@code userIdentifier} as well.
   */
  Optional<UserId> userId();

  Optional<List<String>> tags();

  /** Free data about the thread; writes merge its top-level members. */
  Optional<JsonObject> metadata();

  /** When the thread was made; set by the store where absent, and never rewritten. */
  Optional<Timestamp> createdAt();

  /** When the thread's own data was last changed; set by the store. */
  Optional<Timestamp> updatedAt();

  /**
   * When the thread's time is over, in whole seconds (a fraction is cut when it is written);
   * nothing for a thread that stays. From then on it is as if it were not there; see {@link
   * dev.threadkeep.domain.port.ThreadRepository}.
   */
  Optional<Instant> expiresAt();

  /** What is stored but fits none of the attributes above; see {@link EntitySchema}. */
  @Value.Default
  default JsonObject other() {
    return JsonObject.empty();
  }

  /** Whether the thread's time is over. */
  default boolean isExpired(Instant now) {
    return expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects the attributes of a {@link ChatThread}. */
  final class Builder extends ImmutableChatThread.Builder {}
}
