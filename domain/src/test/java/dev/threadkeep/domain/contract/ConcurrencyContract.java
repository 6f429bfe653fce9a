package dev.threadkeep.domain.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import dev.threadkeep.domain.port.DataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What many callers do to one thread at once ends as if they had come one after the other: there is
 * an order of theirs in which the model, a store in memory, gives each of them the same answer, and
 * is left in the same state.
 */
public interface ConcurrencyContract extends StoreContract {
  /** Whether of several who delete one step at once, just one is told that it was there. */
  default boolean tellsWhoDeleted() {
    return true;
  }

  @Test
  default void whatManyDoAtOnceShouldEndAsInOneOrderOfThem() {
    IntStream.range(0, 60).forEach(seed -> new Round(seed, tellsWhoDeleted()).run(store()));
  }

  /** A thread of two steps, and what six callers do to it. */
  final class Round {
    private static final int CALLERS = 6;

    private final int seed;
    private final boolean tellsWhoDeleted;
    private final Random random;
    private final UserId owner = Fresh.user();
    private final ThreadId thread = Fresh.thread();
    private final List<StepId> steps = List.of(Fresh.step(), Fresh.step());
    private final List<Call> calls;

    private Round(int seed, boolean tellsWhoDeleted) {
      this.seed = seed;
      this.tellsWhoDeleted = tellsWhoDeleted;
      random = new Random(seed);
      calls = IntStream.range(0, CALLERS).mapToObj(this::call).toList();
    }

    /** What one caller does, and gets: nothing that depends on the time. */
    private record Call(String name, Function<DataStore, CompletionStage<?>> run) {
      String outcome(CompletionStage<?> stage) {
        try {
          return name + ": " + Await.result(stage);
        } catch (DataLayerException error) {
          return name + ": " + error.code();
        }
      }

      @Override
      public String toString() {
        return name;
      }
    }

    /** What is there in the end, by all ways to look at it. */
    private record State(
        Optional<String> name,
        List<ThreadId> listed,
        List<ThreadId> liked,
        List<ThreadId> disliked,
        Set<StepId> favorites,
        List<String> steps) {}

    private record Result(List<String> outcomes, State state) {}

    private void run(DataStore store) {
      prepare(store);
      List<CompletionStage<?>> begun = new ArrayList<>();
      calls.forEach(call -> begun.add(call.run().apply(store)));
      List<String> outcomes = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        outcomes.add(calls.get(i).outcome(begun.get(i)));
      }
      Result result = new Result(outcomes, state(store));

      assertThat(explains(result, List.of()))
          .as("an order that explains %s (seed %d)", result, seed)
          .isTrue();
    }

    /** Whether some order that begins with these calls ends in the same way. */
    private boolean explains(Result result, List<Integer> order) {
      return order.size() == CALLERS
          ? inOrder(order).equals(result)
          : IntStream.range(0, CALLERS)
              .filter(call -> !order.contains(call))
              .anyMatch(
                  call -> {
                    List<Integer> longer = new ArrayList<>(order);
                    longer.add(call);
                    return explains(result, longer);
                  });
    }

    private Result inOrder(List<Integer> order) {
      DataStore model = new InMemoryDataStore(new TestClock());
      prepare(model);
      String[] outcomes = new String[CALLERS];
      order.forEach(i -> outcomes[i] = calls.get(i).outcome(calls.get(i).run().apply(model)));
      return new Result(List.of(outcomes), state(model));
    }

    private void prepare(DataStore store) {
      Await.result(
          store
              .threads()
              .create(ChatThread.builder().id(thread).userId(owner).name("before").build()));
      steps.forEach(
          step -> Await.result(store.steps().upsert(Step.userMessage(thread, step, "hi"))));
      if (seed % 2 == 0) {
        Await.result(store.feedback().upsert(feedback(steps.get(0), 1)));
      }
    }

    private Call call(int number) {
      StepId step = steps.get(random.nextInt(4) / 3); // mostly the same
      int kind = random.nextInt(16);
      if (kind < 6) {
        int value = kind % 2;
        return new Call(
            "feedback " + value + " on " + step,
            store -> store.feedback().upsert(feedback(step, value)).thenApply(it -> it.value()));
      }
      if (kind < 8) {
        return new Call("no feedback on " + step, store -> store.feedback().delete(thread, step));
      }
      if (kind < 11) {
        boolean favorite = kind % 2 == 0;
        JsonObject metadata = JsonObject.of(Step.FAVORITE, JsonValue.of(favorite));
        Patch patch = Patch.set(StepAttributes.METADATA, metadata);
        return new Call(
            "favorite " + favorite + " for " + step,
            store -> store.steps().update(thread, step, patch).thenApply(it -> it.isFavorite()));
      }
      if (kind < 13) {
        Patch patch = Patch.set(ThreadAttributes.NAME, "name " + number);
        return new Call(
            "rename to " + number,
            store -> store.threads().update(thread, patch).thenApply(it -> it.name().get()));
      }
      return kind < 15
          ? new Call(
              "delete " + step,
              store ->
                  store.steps().delete(thread, step).thenApply(was -> tellsWhoDeleted ? was : "?"))
          : new Call("delete all", store -> store.threads().delete(thread).thenApply(it -> "gone"));
    }

    private Feedback feedback(StepId step, int value) {
      return Feedback.builder().threadId(thread).stepId(step).value(value).build();
    }

    private State state(DataStore store) {
      return new State(
          Await.result(store.threads().find(thread)).flatMap(ChatThread::name),
          list(store, ThreadFilter.all()),
          list(store, ThreadFilter.all().withFeedback(1)),
          list(store, ThreadFilter.all().withFeedback(0)),
          Await.result(store.steps().listFavorites(owner)).stream().map(Step::id).collect(toSet()),
          steps.stream()
              .flatMap(step -> Await.result(store.steps().find(thread, step)).stream())
              .map(
                  step ->
                      step.id() + " " + step.feedback().map(Feedback::value) + step.isFavorite())
              .toList());
    }

    private List<ThreadId> list(DataStore store, ThreadFilter filter) {
      return Await.result(store.threads().list(owner, filter, PageRequest.first(10)))
          .items()
          .stream()
          .map(it -> it.id())
          .toList();
    }
  }
}
