package dev.threadkeep.domain;

import java.util.Optional;

/**
 * A thread as the list of a user's threads has it.
 *
 * @param updatedAt when the thread was last active; the list is ordered by it. Chainlit's list
 *     calls it {@code createdAt}
 */
public record ThreadSummary(ThreadId id, Optional<String> name, Timestamp updatedAt) {}
