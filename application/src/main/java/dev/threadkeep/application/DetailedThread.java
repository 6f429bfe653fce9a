package dev.threadkeep.application;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.ThreadSummary;
import java.util.Optional;

/**
 * A thread in a list with all its own data.
 *
 * @param thread empty when the thread was deleted since the list was made
 */
public record DetailedThread(ThreadSummary summary, Optional<ChatThread> thread) {}
