package dev.threadkeep.benchmarks;

/**
 * What is to be reached.
 *
 * @param contender who is to reach it
 * @param against the ratio to this one is meant
 */
public record Target(
    Metric metric, String contender, String against, Direction direction, double bound) {
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

  /** Whether a ratio reaches it. */
  public boolean isReached(double ratio) {
    return direction == Direction.AT_LEAST ? ratio >= bound : ratio <= bound;
  }
}
