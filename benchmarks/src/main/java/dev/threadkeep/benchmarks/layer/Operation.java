package dev.threadkeep.benchmarks.layer;

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
 * @param underWay how many of them are done at the same time, one measurement each
 * @param fill has a store hold what the work is done with
 */
record Operation(
    String name,
    int size,
    List<Integer> underWay,
    Kind kind,
    Consumer<DataStore> fill,
    Function<DataStore, CompletionStage<?>> ours,
    Function<ByHand, CompletionStage<?>> byHand) {

  /** What is expected of our layer. */
  enum Kind {
    READ(1.25),
    WRITE(1.15);

    private final double cpu;

    Kind(double cpu) {
      this.cpu = cpu;
    }

    /** So many times the CPU of the low-level client at most. */
    double cpu() {
      return cpu;
    }
  }

  /** The name that tells it from the others. */
  String title() {
    return size > 1 ? name + "-" + size : name;
  }
}
