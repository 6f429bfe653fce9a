package dev.threadkeep.benchmarks;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What one contender did in one round: a value for each metric that it can tell. */
public record Measurement(Map<Metric, Double> values) {
  public Measurement {
    values = new EnumMap<>(values);
  }

  /** The value of a metric; nothing where it cannot be told. */
  public OptionalDouble of(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The value of a metric divided by another's. */
  OptionalDouble ratio(Measurement other, Metric metric) {
    OptionalDouble divisor = other.of(metric);
    return of(metric).isEmpty() || divisor.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(of(metric).getAsDouble() / divisor.getAsDouble());
  }
}
