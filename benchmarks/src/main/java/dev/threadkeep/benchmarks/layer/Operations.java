package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.benchmarks.Metric;
import dev.threadkeep.benchmarks.Target;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The work that layers are compared by. */
final class Operations {
  private static final List<Integer> UNDER_WAY = List.of(1, 16, 64);

  /** Each of them keeps four batches under way, which makes 64 requests again. */
  private static final List<Integer> BATCHES = List.of(1, 16);

  /** More of 20 MB at once would not fit the heap. */
  private static final List<Integer> HUGE = List.of(1, 4);

  /** As many as Chainlit's layer gives. */
  private static final int PAGE = 10;

  private static final List<StepId> NEW_STEPS =
      IntStream.range(0, 1_000).mapToObj(Sample::stepId).toList();

  private static final AtomicInteger newSteps = new AtomicInteger();

  private static final List<Target> LOOK_UP =
      List.of(
          Target.atLeast(0.9, Metric.RATE, Layers.OURS, Layers.BY_HAND),
          Target.atMost(1.5, Metric.ALLOCATED, Layers.OURS, Layers.BY_HAND),
          Target.atLeast(8, Metric.RATE, Layers.OURS, Layers.CHAINLIT));

  private static final List<Target> WRITE =
      and(LOOK_UP, Target.atMost(1.15, Metric.CPU, Layers.OURS, Layers.BY_HAND));

  private static final List<Target> LOAD =
      and(
          LOOK_UP,
          Target.atMost(1.25, Metric.CPU, Layers.OURS, Layers.BY_HAND),
          Target.atMost(1 / 4.5, Metric.CPU, Layers.OURS, Layers.CHAINLIT));

  private Operations() {}

  private static List<Target> and(List<Target> targets, Target... more) {
    return Stream.concat(targets.stream(), Stream.of(more)).toList();
  }

  static List<Operation> reads() {
    return List.of(
        getThread(50, UNDER_WAY),
        getThread(1_000, UNDER_WAY),
        getThread(10_000, HUGE),
        new Operation(
            "list-threads",
            1,
            UNDER_WAY,
            LOOK_UP,
            store -> Sample.fillList(store, 3 * PAGE),
            store -> store.threads().list(Sample.USER, PageRequest.first(PAGE)),
            byHand -> byHand.listThreads(Sample.USER, PAGE + 1)),
        new Operation(
            "get-author",
            1,
            UNDER_WAY,
            LOOK_UP,
            store -> Sample.fill(store, 1),
            store -> store.threads().findAuthor(Sample.thread(1)),
            byHand -> byHand.author(Sample.thread(1))));
  }

  static List<Operation> writes() {
    return List.of(
        new Operation(
            "create-step",
            1,
            UNDER_WAY,
            WRITE,
            store -> Sample.fill(store, 1),
            store -> store.steps().upsert(Sample.step(Sample.thread(1), newStep())),
            byHand -> byHand.createStep(Sample.thread(1), newStep())),
        new Operation(
            "update-step",
            1,
            UNDER_WAY,
            WRITE,
            store -> Sample.fill(store, 1),
            store -> store.steps().update(Sample.thread(1), Sample.FIRST, change()),
            byHand -> byHand.updateStep(Sample.thread(1), Sample.FIRST)),
        new Operation(
            "upsert-feedback",
            1,
            UNDER_WAY,
            WRITE,
            store -> Sample.fill(store, 1),
            store -> store.feedback().upsert(feedback()),
            byHand -> byHand.upsertFeedback(Sample.thread(1), Sample.FIRST)),
        new Operation(
            "delete-thread",
            4_000,
            BATCHES,
            WRITE,
            store -> Sample.fill(store, 4_000),
            store -> store.threads().delete(Sample.thread(4_000)),
            byHand -> byHand.deleteThread(Sample.thread(4_000))));
  }

  private static Operation getThread(int steps, List<Integer> underWay) {
    return new Operation(
        "get-thread",
        steps,
        underWay,
        LOAD,
        store -> Sample.fill(store, steps),
        store -> store.threads().load(Sample.thread(steps)),
        byHand -> byHand.getThread(Sample.thread(steps)));
  }

  private static StepId newStep() {
    return NEW_STEPS.get(newSteps.getAndIncrement() % NEW_STEPS.size());
  }

  private static Patch change() {
    return Patch.set(StepAttributes.OUTPUT, Sample.OUTPUT).and(StepAttributes.END, Sample.END);
  }

  private static Feedback feedback() {
    return Feedback.builder()
        .threadId(Sample.thread(1))
        .stepId(Sample.FIRST)
        .value(1)
        .comment("Good")
        .build();
  }
}
