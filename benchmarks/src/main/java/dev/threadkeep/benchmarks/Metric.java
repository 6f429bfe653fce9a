package dev.threadkeep.benchmarks;

/** What is measured, in which unit. */
public enum Metric {
  RATE("operations/s"),
  P50("p50, ms"),
  P99("p99, ms"),
  /** Of the whole process of the contender, on all its threads. */
  CPU("CPU ms/operation"),
  ALLOCATED("KB allocated/operation"),
  RESIDENT("MB resident"),
  TIME("ms");

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  /** The name with its unit. */
  public String title() {
    return title;
  }
}
