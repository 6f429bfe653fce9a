package dev.threadkeep.benchmarks.growth;

import dev.threadkeep.benchmarks.Benchmark;
import dev.threadkeep.benchmarks.Contender;
import dev.threadkeep.benchmarks.Harness;
import dev.threadkeep.benchmarks.InProcess;
import dev.threadkeep.benchmarks.layer.Sample;
import dev.threadkeep.domain.port.DataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A thread that is read, as it has more and more steps. */
final class ThreadBenchmark implements Benchmark {
  private static final List<Integer> STEPS = List.of(10_000, 1_000, 10);

  private final StoreKind kind;

  ThreadBenchmark(StoreKind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return "growth/thread-" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isOnlyInFull() {
    return kind == StoreKind.TABLE;
  }

  @Override
  public void run(Harness harness) throws Exception {
    try (DataStore store = kind.open()) {
      List<Contender> sizes = new ArrayList<>();
      for (int steps : STEPS) {
        Sample.fill(store, steps);
        sizes.add(
            new InProcess(
                "%,d steps".formatted(steps), () -> store.threads().load(Sample.thread(steps))));
      }
      harness.warmUp(1, sizes);
      harness.compare("get thread on " + kind.title(), 1, sizes, List.of());
    }
  }
}
