package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Benchmark;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What layers are compared by. */
public final class LayerBenchmarks {
  private static final List<Integer> UNDER_WAY = List.of(1, 16, 64);

  private static final AtomicInteger NEW_STEPS = new AtomicInteger();

  private LayerBenchmarks() {}

  /** One benchmark for each operation and engine. */
  public static List<Benchmark> all() {
    return List.of(new StubBenchmark(createStep()));
  }

  private static Operation createStep() {
    return new Operation(
        "create-step",
        1,
        UNDER_WAY,
        Operation.Kind.WRITE,
        store -> Sample.fill(store, 1),
        store -> store.steps().upsert(Sample.step(Sample.thread(1), newStep())),
        byHand -> byHand.createStep(Sample.thread(1), newStep()));
  }

  private static dev.threadkeep.domain.StepId newStep() {
    return Sample.stepId(NEW_STEPS.getAndIncrement() % 1_000);
  }
}
