package dev.threadkeep.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What is to be reached.
 *
 * @param contender who is to reach it
 * @param against the ratio to this one is meant; null for the value itself
 */
public record Target(
    Metric metric, String contender, @Nullable String against, Direction direction, double bound) {
  /** On which side of the bound the target is. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }

  /** At least so many times as much. */
  public static Target atLeast(double bound, Metric metric, String contender, String against) {
    return new Target(metric, contender, against, Direction.AT_LEAST, bound);
  }

  /** At most so many times as much. */
  public static Target atMost(double bound, Metric metric, String contender, String against) {
    return new Target(metric, contender, against, Direction.AT_MOST, bound);
  }

  /** At most so much, whatever others need. */
  public static Target atMost(double bound, Metric metric, String contender) {
    return new Target(metric, contender, null, Direction.AT_MOST, bound);
  }

  /** Whether a ratio, or a value, reaches it. */
  public boolean isReached(double value) {
    return direction == Direction.AT_LEAST ? value >= bound : value <= bound;
  }
}
