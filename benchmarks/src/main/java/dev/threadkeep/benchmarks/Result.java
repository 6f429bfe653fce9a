package dev.threadkeep.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What came of a comparison.
 *
 * @param benchmark its name
 * @param subject the work that was done, and on what
 * @param rounds the measurements of each contender, one a round
 */
public record Result(
    String benchmark,
    String subject,
    int underWay,
    Map<String, List<Measurement>> rounds,
    List<Target> targets) {

  /** The median of all rounds and how far they spread. */
  public record Spread(double least, double median, double most) {
    static Optional<Spread> of(double[] values) {
      if (values.length == 0) {
        return Optional.empty();
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return Optional.of(new Spread(sorted[0], median, sorted[sorted.length - 1]));
    }
  }

  /** How a contender did; nothing where it cannot tell. */
  public Optional<Spread> of(String contender, Metric metric) {
    return Spread.of(
        measurements(contender).stream().flatMapToDouble(it -> it.of(metric).stream()).toArray());
  }

  /** One contender's value divided by another's of the same round. */
  public Optional<Spread> ratio(String contender, String against, Metric metric) {
    List<Measurement> dividends = measurements(contender);
    List<Measurement> divisors = measurements(against);
    return Spread.of(
        IntStream.range(0, Math.min(dividends.size(), divisors.size()))
            .mapToObj(round -> dividends.get(round).ratio(divisors.get(round), metric))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray());
  }

  /** What a target is about: a ratio or a value. */
  Optional<Spread> of(Target target) {
    String against = target.against();
    return against == null
        ? of(target.contender(), target.metric())
        : ratio(target.contender(), against, target.metric());
  }

  private List<Measurement> measurements(String contender) {
    return rounds.getOrDefault(contender, List.of());
  }
}
