package dev.threadkeep.application;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a copy, or a part of it, came to.
 *
 * @param source what was read
 * @param copied what of it was written, or would be; the rest was there
 * @param target what the target has now
 * @param differences how many there are left between both
 */
public record CopyTally(Amounts source, Amounts copied, Amounts target, long differences) {
  static final CopyTally NONE = new CopyTally(Amounts.NONE, Amounts.NONE, Amounts.NONE, 0);
  static final CopyTally DIFFERENCE = new CopyTally(Amounts.NONE, Amounts.NONE, Amounts.NONE, 1);

  static CopyTally source(Amounts amounts) {
    return new CopyTally(amounts, Amounts.NONE, Amounts.NONE, 0);
  }

  static CopyTally copied(Amounts amounts) {
    return new CopyTally(Amounts.NONE, amounts, Amounts.NONE, 0);
  }

  static CopyTally target(Amounts amounts) {
    return new CopyTally(Amounts.NONE, Amounts.NONE, amounts, 0);
  }

  CopyTally plus(CopyTally more) {
    return new CopyTally(
        source.plus(more.source),
        copied.plus(more.copied),
        target.plus(more.target),
        differences + more.differences);
  }

  /** The sum of what a step comes to for each item, so many at a time. */
  static <T> CompletionStage<CopyTally> ofAll(
      List<T> items, int atATime, Function<T, CompletionStage<CopyTally>> step) {
    CompletionStage<CopyTally> sum = CompletableFuture.completedStage(NONE);
    for (List<T> group : Stages.groups(items, atATime)) {
      sum =
          sum.thenCompose(
              before ->
                  Stages.all(group.stream().map(step).toList())
                      .thenApply(all -> all.stream().reduce(before, CopyTally::plus)));
    }
    return sum;
  }
}
