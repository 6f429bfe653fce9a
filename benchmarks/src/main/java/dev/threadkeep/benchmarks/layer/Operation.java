package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.domain.port.DataStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Some work that each layer can do.
 *
 * @param name the work, as {@code layer.py} calls it, too
 * @param size the number of steps of the thread that it is done with
 * @param underWay how many of them are done at the same time, one measurement each; ascending
 * @param targets what is expected where the most are under way
 * @param fill has a store hold what the work is done with
 */
record Operation(
    String name,
    int size,
    List<Integer> underWay,
    List<Target> targets,
    Consumer<DataStore> fill,
    Function<DataStore, CompletionStage<?>> ours,
    Function<ByHand, CompletionStage<?>> byHand) {

  /** The name that tells it from the others. */
  String title() {
    return size > 1 ? name + "-" + size : name;
  }

  /** Whether it takes seconds. */
  boolean isHuge() {
    return size >= 10_000;
  }

  /** The most that are done at the same time; the targets are about these. */
  int mostUnderWay() {
    return underWay.get(underWay.size() - 1);
  }
}
