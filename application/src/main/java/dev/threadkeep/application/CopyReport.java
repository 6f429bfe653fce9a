package dev.threadkeep.application;

import dev.threadkeep.application.Difference.Kind;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells an observer of a copy, one call after the other. */
final class CopyReport {
  /** What a store says of something that it will never take. */
  private static final Set<ErrorCode> FOR_GOOD =
      Set.of(ErrorCode.INVALID, ErrorCode.TOO_LARGE, ErrorCode.CORRUPT);

  private final Copy.Observer observer;

  CopyReport(Copy.Observer observer) {
    this.observer = observer;
  }

  CopyTally found(Kind kind, String what) {
    return found(kind, what, "");
  }

  synchronized CopyTally found(Kind kind, String what, String reason) {
    observer.found(new Difference(kind, what, reason));
    return kind.isCounted() ? CopyTally.DIFFERENCE : CopyTally.NONE;
  }

  synchronized CopyProgress underWay(CopyProgress progress) {
    observer.underWay(progress);
    return progress;
  }

  synchronized void reached(CopyProgress progress) {
    observer.reached(progress);
  }

  /** Tells that something was refused for good; fails with any other failure. */
  CompletionStage<CopyTally> refused(String what, Throwable failure) {
    return Stages.cause(failure) instanceof DataLayerException error
            && FOR_GOOD.contains(error.code())
        ? CompletableFuture.completedStage(
            found(Kind.REFUSED, what, Objects.requireNonNullElse(error.getMessage(), "")))
        : CompletableFuture.failedStage(failure);
  }
}
