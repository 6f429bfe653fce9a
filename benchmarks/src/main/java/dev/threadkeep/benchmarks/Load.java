package dev.threadkeep.benchmarks;

import java.time.Duration;

/**
 * How a contender is driven.
 *
 * @param underWay so many operations are under way at any time
 * @param time no operation begins later than this
 */
public record Load(int underWay, Duration time) {}
