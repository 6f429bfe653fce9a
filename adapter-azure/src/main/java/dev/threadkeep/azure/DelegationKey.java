package dev.threadkeep.azure;

import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.models.UserDelegationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The key that the service gives to sign addresses with, kept until it could end before an address
 * does. Who asks for it while it is fetched gets the same one; a fetch that failed is forgotten.
 */
final class DelegationKey {
  /** How long addresses may live, of the seven days at most that Azure lets a key live. */
  static final Duration LONGEST_LIFETIME = Duration.ofDays(6);

  /** For how long a key is good for new addresses: a request a day. */
  private static final Duration IN_USE = Duration.ofHours(23);

  /** By how much the clock of the service may be behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  private final BlobServiceAsyncClient service;
  private final String container;
  private final Duration lifetime;
  private final Clock clock;
  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

  /**
   * @param since when the key begins
   * @param until when it ends
   */
  private record Held(Instant since, Instant until, CompletableFuture<UserDelegationKey> key) {
    boolean serves(Instant end) {
      return !key.isCompletedExceptionally() && !end.isAfter(until);
    }
  }

  DelegationKey(BlobServiceAsyncClient service, String container, Duration lifetime, Clock clock) {
    this.service = service;
    this.container = container;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A key that outlives an address made now. */
  Mono<UserDelegationKey> get() {
    Instant begin = clock.instant();
    Instant end = begin.plus(lifetime);
    Held fresh = new Held(begin.minus(SKEW), end.plus(IN_USE), new CompletableFuture<>());
    Held chosen =
        Objects.requireNonNull(
            held.updateAndGet(now -> now != null && now.serves(end) ? now : fresh));
    if (chosen.equals(fresh)) {
      fetch(fresh);
    }
    return Mono.fromFuture(chosen.key(), true); // others wait for it, too
  }

  private void fetch(Held next) {
    Call.read("GetUserDelegationKey", "the key that signs addresses")
        .run(
            container,
            () ->
                service.getUserDelegationKey(
                    next.since().atOffset(ZoneOffset.UTC), next.until().atOffset(ZoneOffset.UTC)))
        .subscribe(next.key()::complete, next.key()::completeExceptionally);
  }
}
