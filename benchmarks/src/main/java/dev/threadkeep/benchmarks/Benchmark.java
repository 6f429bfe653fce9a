package dev.threadkeep.benchmarks;

/** Something to measure: it sets up contenders and has the harness compare them. */
public interface Benchmark {
  /** What {@code -Dbench} calls it. */
  String name();

  /**
   * Whether only the full form has it, unless it is asked for by name: it takes long, and tells
   * little that the others do not.
   */
  default boolean isOnlyInFull() {
    return false;
  }

  /** Measures. Whatever it starts is stopped when this returns. */
  void run(Harness harness) throws Exception;
}
