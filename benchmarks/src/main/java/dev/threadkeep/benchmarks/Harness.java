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

  /** A new low of the CPU for an operation that is worth going on for. */
  private static final double PROGRESS = 0.95;

  private static final int WITHOUT_PROGRESS = 4;

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
   * Has the contenders work in turns, unmeasured, each until the CPU that an operation takes has
   * reached no new low for some turns: the compiler has done its work then. One operation at a time
   * leaves the compiler room; under full load alone it would take minutes.
   */
  public void warmUp(int underWay, List<? extends Contender> contenders) throws Exception {
    List<WarmUp> cold = new ArrayList<>(contenders.stream().map(WarmUp::new).toList());
    while (!cold.isEmpty()) {
      for (WarmUp contender : cold) {
        contender.work(new Load(underWay, form.warmUp()));
      }
      cold.removeIf(WarmUp::isWarm);
    }
  }

  /** A contender that may still be getting faster. */
  private static final class WarmUp {
    private final Contender contender;
    private double lowest = Double.MAX_VALUE;
    private int withoutProgress;

    WarmUp(Contender contender) {
      this.contender = contender;
    }

    void work(Load load) throws Exception {
      double cpu = contender.measure(load).of(Metric.CPU).orElse(0);
      withoutProgress = cpu < PROGRESS * lowest ? 0 : withoutProgress + 1;
      lowest = Math.min(lowest, cpu);
    }

    boolean isWarm() {
      return withoutProgress >= WITHOUT_PROGRESS;
    }
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
