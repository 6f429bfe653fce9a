package dev.threadkeep.application;

import dev.threadkeep.application.Checkup.Observer;
import dev.threadkeep.application.Finding.Kind;
import dev.threadkeep.application.Finding.Outcome;
import dev.threadkeep.application.Treatment.Measure;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of findings, does it, and tells of it. */
final class Cures {
  private final Treatment treatment;
  private final Clock clock;
  private final Observer observer;

  Cures(Treatment treatment, Clock clock, Observer observer) {
    this.treatment = treatment;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Mends a finding, if all that this needs is asked for and it is old enough. What fails is told
   * and does not fail the stage.
   *
   * @param time when it was last touched, if that is known
   * @param cure gives false when there was nothing to mend any more
   */
  CompletionStage<Void> mend(
      Kind kind,
      String what,
      Optional<Instant> time,
      Set<Measure> needed,
      Supplier<CompletionStage<Boolean>> cure) {
    if (!treatment.measures().containsAll(needed)) {
      return report(kind, what, Outcome.REPORTED, "");
    }
    String reason = treatment.reasonToSpare(time, clock.instant());
    return reason.isEmpty() ? apply(kind, what, cure) : report(kind, what, Outcome.SPARED, reason);
  }

  /** As {@link #mend}, however young it is. */
  CompletionStage<Void> mendAtOnce(
      Kind kind, String what, Set<Measure> needed, Supplier<CompletionStage<Boolean>> cure) {
    return treatment.measures().containsAll(needed)
        ? apply(kind, what, cure)
        : report(kind, what, Outcome.REPORTED, "");
  }

  /** Tells of a finding that is not mended. */
  CompletionStage<Void> report(Kind kind, String what, Outcome outcome, String reason) {
    observer.found(new Finding(kind, what, outcome, reason));
    return CompletableFuture.completedStage(null);
  }

  /** Whether something is asked for. */
  boolean include(Measure measure) {
    return treatment.measures().contains(measure);
  }

  private CompletionStage<Void> apply(
      Kind kind, String what, Supplier<CompletionStage<Boolean>> cure) {
    return cure.get()
        .handle((done, failure) -> finding(kind, what, done, failure))
        .thenAccept(observer::found);
  }

  private static Finding finding(
      Kind kind, String what, @Nullable Boolean done, @Nullable Throwable failure) {
    if (failure != null) {
      String reason = String.valueOf(Stages.cause(failure).getMessage());
      return new Finding(kind, what, Outcome.FAILED, reason);
    }
    return Boolean.TRUE.equals(done)
        ? new Finding(kind, what, Outcome.MENDED, "")
        : new Finding(kind, what, Outcome.SPARED, "it has changed meanwhile");
  }
}
