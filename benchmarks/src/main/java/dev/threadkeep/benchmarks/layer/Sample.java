package dev.threadkeep.benchmarks.layer;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** What all contenders read and write: a step is 2 KB as an item. */
public final class Sample {
  public static final UserId USER = UserId.of("ada@example.org");
  public static final StepId FIRST = stepId(0);
  static final String OUTPUT = "All work and no play makes a dull benchmark. ".repeat(32);
  public static final Timestamp TIME = Timestamp.of(Instant.parse("2026-03-01T10:00:00.123456Z"));
  static final Timestamp END = Timestamp.of(Instant.parse("2026-03-01T10:00:02.654321Z"));

  private static final int BULK = 100;

  private Sample() {}

  /** The thread of so many steps. */
  public static ThreadId thread(int steps) {
    return ThreadId.of("thread-" + steps);
  }

  public static StepId stepId(int number) {
    return StepId.of("step-%05d".formatted(number));
  }

  public static Step step(ThreadId thread, StepId id) {
    return Step.builder()
        .id(id)
        .threadId(thread)
        .parentId(FIRST)
        .name("Assistant")
        .type(StepType.of("assistant_message"))
        .streaming(false)
        .waitForAnswer(false)
        .isError(false)
        .metadata(
            new JsonObject(Map.of("model", JsonValue.of("small"), "temperature", JsonValue.of(1))))
        .tags(List.of("benchmark"))
        .input("")
        .output(OUTPUT)
        .createdAt(TIME)
        .start(TIME)
        .end(END)
        .showInput(JsonValue.of("json"))
        .language("en")
        .build();
  }

  /** Has a store hold a thread of so many steps, unless it does. */
  public static void fill(DataStore store, int steps) {
    ThreadId id = thread(steps);
    if (join(store.threads().find(id)).isPresent()) {
      return;
    }
    join(store.threads().create(thread(id)));
    for (int i = 0; i < steps; i += BULK) {
      List<Step> bulk =
          IntStream.range(i, Math.min(i + BULK, steps))
              .mapToObj(number -> step(id, stepId(number)))
              .toList();
      join(store.steps().upsertAll(bulk)).forEach(result -> result.error().ifPresent(Sample::fail));
    }
  }

  /** Has a store hold so many threads of the user, unless it does. */
  public static void fillList(DataStore store, int threads) {
    for (int i = 1; i <= threads; i++) {
      ThreadId id = ThreadId.of("listed-" + i);
      if (join(store.threads().find(id)).isEmpty()) {
        join(store.threads().create(thread(id)));
      }
    }
  }

  private static ChatThread thread(ThreadId id) {
    return ChatThread.builder().id(id).userId(USER).name("What is " + id + " about?").build();
  }

  private static void fail(DataLayerException error) {
    throw error;
  }

  public static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
