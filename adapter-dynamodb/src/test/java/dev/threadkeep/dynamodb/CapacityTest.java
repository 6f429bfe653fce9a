package dev.threadkeep.dynamodb;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ElementType;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StepType;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.dynamodb.Meter.Reading;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one conversation costs, held to what it costs with Chainlit's Python layer: 40 steps (200
 * bytes of a user, 1,500 of the assistant, which are updated once), 4 elements, 2 feedbacks; its
 * owner has 201 threads. The costs are exact, and the same on every machine.
 */
class CapacityTest {
  private static final int THREADS = 201;

  private final CostTable costs = new CostTable();
  private final TestClock clock = new TestClock();
  private final DataStore store =
      DynamoDbDataStore.builder(costs.client(), DynamoDbLocal.createTable()).clock(clock).build();

  private final UserId user = UserId.of("ada");
  private final ThreadId thread = ThreadId.of(UUID.randomUUID().toString());
  private final List<Step> steps = IntStream.range(0, 40).mapToObj(this::step).toList();
  private final List<Step> answers =
      steps.stream()
          .filter(it -> it.type().equals(Optional.of(StepType.ASSISTANT_MESSAGE)))
          .toList();
  private final List<Element> elements = IntStream.range(0, 4).mapToObj(this::element).toList();

  @AfterEach
  void close() {
    costs.close();
  }

  @Test
  void aConversationShouldCostNoMoreThanWithChainlit() throws IOException {
    write();
    read();
    remove();

    costs.check("capacity");
  }

  private void write() {
    measure("create user", 1, 0, 1, () -> store.users().upsert(user()));
    measure("create thread", 1, 0, 2, () -> store.threads().create(thread(thread)));
    measureEach("create step ×40", 40, 0, 60, steps, store.steps()::upsert);
    measureEach(
        "update step ×20, by a write of all of it", 20, 0, 40, answers, store.steps()::upsert);
    measureEach("update step ×20, by a patch", 20, 0, 40, answers, this::patch);
    measureEach("create element ×4", 4, 0, 4, elements, store.elements()::upsert);
    measureMore(
        "feedback ×2",
        new Reading(2, 0, 4),
        new Reading(8, 3, 8),
        () -> feedback(answers.get(0), 1).thenCompose(first -> feedback(answers.get(1), 1)));
    measureMore(
        "change a feedback to its opposite",
        new Reading(1, 0, 2),
        new Reading(4, 1.5, 5),
        () -> feedback(answers.get(1), 0));
    measureMore(
        "mark a favourite", new Reading(1, 0, 2), new Reading(4, 1.5, 4), () -> favorite(true));
    measureMore(
        "mark it again", new Reading(1, 0, 2), new Reading(4, 1.5, 3), () -> favorite(true));
    measureMore(
        "rename",
        new Reading(1, 0, 3),
        new Reading(1, 0, 2),
        () -> store.threads().update(thread, name("Zürich in May")));
    clock.tick();
    measure("move to the top", 1, 0, 3, () -> store.threads().touch(thread, now()));
  }

  private void read() {
    IntStream.range(1, THREADS)
        .forEach(
            i ->
                Await.result(
                    store.threads().create(thread(ThreadId.of(UUID.randomUUID().toString())))));
    measure("get thread", 1, 6.5, 0, () -> store.threads().load(thread));
    measure("author of a thread", 1, 0.5, 0, () -> store.threads().findAuthor(thread));
    measure(
        "list a page of 10", 1, 0.5, 0, () -> store.threads().list(user, PageRequest.first(10)));
    measureMore(
        "favourites (201 threads, 1 favourite)",
        new Reading(202, 10.5, 0),
        new Reading(2, 1.5, 0),
        () -> store.steps().listFavorites(user));
  }

  private void remove() {
    measureMore(
        "delete the thread, with 2 feedbacks and 1 favourite",
        new Reading(4, 6.5, 66),
        new Reading(4, 6.5, 72),
        () -> store.threads().delete(thread));
    Await.result(store.threads().create(thread(thread)));
    Await.all(steps.stream().map(it -> call(store.steps().upsert(it))).toList());
    Await.all(elements.stream().map(it -> call(store.elements().upsert(it))).toList());
    costs.measure(
        "delete the thread and remember its files meanwhile",
        6,
        6.5,
        67,
        () -> store.threads().clear(thread).thenCompose(gone -> store.threads().delete(thread)));
  }

  private static <T> Supplier<CompletionStage<T>> call(CompletionStage<T> begun) {
    return () -> begun;
  }

  private void measure(
      String operation,
      int requests,
      double read,
      double written,
      Supplier<CompletionStage<?>> call) {
    measureEach(operation, requests, read, written, List.of(call), Supplier::get);
  }

  private <T> void measureEach(
      String operation,
      int requests,
      double read,
      double written,
      List<T> arguments,
      Function<T, CompletionStage<?>> call) {
    Reading theirs = new Reading(requests, read, written);
    measureMore(
        operation,
        theirs,
        theirs,
        () -> {
          arguments.forEach(it -> Await.result(call.apply(it)));
          return CompletableFuture.completedStage(null);
        });
  }

  /** For an operation that does more than theirs, and may cost more; or less. */
  private void measureMore(
      String operation, Reading theirs, Reading bound, Supplier<CompletionStage<?>> call) {
    costs.measure(operation, Optional.of(theirs), bound, call);
  }

  private User user() {
    return User.builder()
        .id(user)
        .metadata(JsonObject.of("provider", JsonValue.of("credentials")))
        .build();
  }

  private ChatThread thread(ThreadId id) {
    clock.tick();
    return ChatThread.builder()
        .id(id)
        .userId(user)
        .name("Plan a trip to Zürich")
        .metadata(JsonObject.of("chat_profile", JsonValue.of("gpt")))
        .build();
  }

  /** A message that stays under 2 KB with a feedback, as in the conversation that was measured. */
  private Step step(int number) {
    boolean isQuestion = number % 2 == 0;
    return Step.builder()
        .id(StepId.of(UUID.randomUUID().toString()))
        .threadId(thread)
        .name(isQuestion ? user.value() : "Assistant")
        .type(isQuestion ? StepType.USER_MESSAGE : StepType.ASSISTANT_MESSAGE)
        .streaming(false)
        .isError(false)
        .waitForAnswer(false)
        .metadata(JsonObject.empty())
        .output("x".repeat(isQuestion ? 200 : 1_500))
        .createdAt(now())
        .start(now())
        .build();
  }

  private Element element(int number) {
    ElementId id = ElementId.of(UUID.randomUUID().toString());
    return Element.builder()
        .id(id)
        .threadId(thread)
        .stepId(steps.get(number).id())
        .type(ElementType.IMAGE)
        .name("image.png")
        .display("inline")
        .mime("image/png")
        .objectKey(BlobKeys.withoutPrefix().ofElement(Optional.of(user), thread, id))
        .build();
  }

  private CompletionStage<Step> patch(Step step) {
    Patch patch =
        Patch.set(StepAttributes.OUTPUT, "y".repeat(1_500))
            .and(StepAttributes.METADATA, JsonObject.of("n", JsonValue.of(1)));
    return store.steps().update(thread, step.id(), patch);
  }

  private CompletionStage<Feedback> feedback(Step step, int value) {
    return store
        .feedback()
        .upsert(Feedback.builder().threadId(thread).stepId(step.id()).value(value).build());
  }

  private CompletionStage<Step> favorite(boolean favorite) {
    JsonObject metadata = JsonObject.of(Step.FAVORITE, JsonValue.of(favorite));
    return store
        .steps()
        .update(thread, answers.get(2).id(), Patch.set(StepAttributes.METADATA, metadata));
  }

  private Timestamp now() {
    return Timestamp.of(clock.instant());
  }

  private static Patch name(String name) {
    return Patch.set(ThreadAttributes.NAME, name);
  }
}
