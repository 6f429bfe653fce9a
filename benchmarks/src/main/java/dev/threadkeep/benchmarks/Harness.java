package dev.threadkeep.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has contenders do the same work in turns, so that whatever else the machine does meets all. */
public final class Harness {
  private static final Logger log = LoggerFactory.getLogger(Harness.class);

  private static final int MOST_WARM_UPS = 12;
  private static final double FALLING = 0.95;

  private final Form form;
  private final String benchmark;
  private final List<Result> results = new ArrayList<>();

  Harness(Form form, String benchmark) {
    this.form = form;
    this.benchmark = benchmark;
  }

  public Form form() {
    return form;
  }

  List<Result> results() {
    return results;
  }

  /**
   * Has each contender work, unmeasured, until the CPU that an operation takes falls no further:
   * the compiler has done its work then. For the first that use the AWS SDK, this takes a minute.
   */
  public void warmUp(int underWay, List<? extends Contender> contenders) throws Exception {
    Load load = new Load(underWay, form.warmUp());
    for (Contender contender : contenders) {
      double before = Double.MAX_VALUE;
      double now = cpu(contender.measure(load));
      for (int i = 1; i < MOST_WARM_UPS && now < FALLING * before; i++) {
        before = now;
        now = cpu(contender.measure(load));
      }
    }
  }

  private static double cpu(Measurement measurement) {
    return measurement.of(Metric.CPU).orElse(0);
  }

  /**
   * Measures contenders that are warm. Each round begins with another one.
   *
   * @param subject the work, as the report calls it
   */
  public void compare(
      String subject, int underWay, List<? extends Contender> contenders, List<Target> targets)
      throws Exception {
    Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
    List<Contender> turns = new ArrayList<>(contenders);
    for (int round = 0; round < form.rounds(); round++) {
      for (Contender contender : turns) {
        System.gc(); // nobody cleans up after another
        Measurement measurement = contender.measure(new Load(underWay, form.time()));
        rounds.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(measurement);
      }
      Collections.rotate(turns, 1);
    }
    add(subject, underWay, rounds, targets);
  }

  /** Takes what another harness measured, one measurement a round for each contender. */
  public void add(
      String subject, int underWay, Map<String, List<Measurement>> rounds, List<Target> targets) {
    results.add(new Result(benchmark, subject, underWay, rounds, targets));
    log.info("{}: {}, {} under way", benchmark, subject, underWay);
  }
}
