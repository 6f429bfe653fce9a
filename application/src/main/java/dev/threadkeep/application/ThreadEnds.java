package dev.threadkeep.application;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** When threads expire: as they are told, or else after the time that new ones have. */
final class ThreadEnds {
  private final Retention retention;
  private final Clock clock;

  ThreadEnds(Retention retention, Clock clock) {
    this.retention = retention;
    this.clock = clock;
  }

  /** A thread that is to be made now, with its end. */
  ChatThread ofNew(ChatThread thread) {
    return retention
        .ofNewThreads()
        .filter(span -> thread.expiresAt().isEmpty())
        .map(
            span -> ChatThread.builder().from(thread).expiresAt(clock.instant().plus(span)).build())
        .orElse(thread);
  }

  /** Fails with {@link NotConfiguredException} for one that is to expire where none do. */
  CompletionStage<Void> check(ChatThread thread) {
    return check(thread.expiresAt().isPresent());
  }

  /** The same, for changes. */
  CompletionStage<Void> check(Patch patch) {
    return check(
        patch
            .changes()
            .get(ThreadAttributes.EXPIRES_AT.name())
            .filter(end -> !(end instanceof JsonValue.Null))
            .isPresent());
  }

  private CompletionStage<Void> check(boolean expires) {
    return expires && !retention.threadsExpire()
        ? CompletableFuture.failedStage(
            new NotConfiguredException("threads do not expire on this server"))
        : CompletableFuture.completedStage(null);
  }
}
