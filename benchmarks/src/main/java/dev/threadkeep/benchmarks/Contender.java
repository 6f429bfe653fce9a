package dev.threadkeep.benchmarks;

/** One of several that do the same work. */
public interface Contender {
  /** What the report calls it. */
  String name();

  /** Does the work for as long as the load says. */
  Measurement measure(Load load) throws Exception;
}
