package dev.threadkeep.benchmarks;

import java.time.Duration;

/** How long and how often is measured. */
public enum Form {
  /** Within 20 minutes for everything. */
  SHORT(Duration.ofSeconds(1), Duration.ofMillis(700), 3),
  /** For the published table. */
  FULL(Duration.ofSeconds(2), Duration.ofSeconds(4), 5);

  private final Duration warmUp;
  private final Duration time;
  private final int rounds;

  Form(Duration warmUp, Duration time, int rounds) {
    this.warmUp = warmUp;
    this.time = time;
    this.rounds = rounds;
  }

  /** How long a contender works at a time until it is warm. */
  public Duration warmUp() {
    return warmUp;
  }

  /** How long each contender works in a round. */
  public Duration time() {
    return time;
  }

  /** How often all contenders take their turns. */
  public int rounds() {
    return rounds;
  }
}
