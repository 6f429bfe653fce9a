package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.BOB;
import static dev.threadkeep.application.Fixture.QUESTION;
import static dev.threadkeep.application.Fixture.SERVICE;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertFails;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OwnershipTest {
  private static final ElementId MAP = ElementId.of("map");

  /** Everything that a caller can do with a thread and what belongs to it. */
  static Stream<Arguments> calls() {
    Map<String, BiFunction<ChatServices, Call, CompletionStage<?>>> calls =
        Map.ofEntries(
            Map.entry("threads.get", (chat, on) -> chat.threads().get(on.caller, on.thread)),
            Map.entry("threads.load", (chat, on) -> chat.threads().load(on.caller, on.thread)),
            Map.entry("threads.author", (chat, on) -> chat.threads().author(on.caller, on.thread)),
            Map.entry(
                "threads.update",
                (chat, on) ->
                    chat.threads()
                        .update(on.caller, on.thread, Patch.set(ThreadAttributes.NAME, "Mine"))),
            Map.entry("threads.delete", (chat, on) -> chat.threads().delete(on.caller, on.thread)),
            Map.entry("steps.get", (chat, on) -> chat.steps().get(on.caller, on.thread, QUESTION)),
            Map.entry(
                "steps.list",
                (chat, on) -> chat.steps().list(on.caller, on.thread, PageRequest.first(1))),
            Map.entry(
                "steps.put",
                (chat, on) ->
                    chat.steps().put(on.caller, Step.userMessage(on.thread, QUESTION, "Mine"))),
            Map.entry(
                "steps.putAll",
                (chat, on) ->
                    chat.steps()
                        .putAll(
                            on.caller,
                            on.thread,
                            List.of(Step.userMessage(on.thread, QUESTION, "Mine")))),
            Map.entry(
                "steps.update",
                (chat, on) ->
                    chat.steps()
                        .update(
                            on.caller,
                            on.thread,
                            QUESTION,
                            Patch.set(StepAttributes.OUTPUT, "Mine"))),
            Map.entry(
                "steps.delete", (chat, on) -> chat.steps().delete(on.caller, on.thread, QUESTION)),
            Map.entry("elements.get", (chat, on) -> chat.elements().get(on.caller, on.thread, MAP)),
            Map.entry(
                "row 38: elements.put",
                (chat, on) ->
                    chat.elements()
                        .put(on.caller, Element.builder().threadId(on.thread).id(MAP).build())),
            Map.entry(
                "elements.delete", (chat, on) -> chat.elements().delete(on.caller, on.thread, MAP)),
            Map.entry(
                "row 37: feedback.put",
                (chat, on) -> chat.feedback().put(on.caller, thumbsUp(on.thread))),
            Map.entry(
                "row 37: feedback.delete",
                (chat, on) -> chat.feedback().delete(on.caller, on.thread, QUESTION)),
            Map.entry(
                "row 37: feedback.delete by id",
                (chat, on) ->
                    chat.feedback().delete(on.caller, FeedbackId.of(on.thread, QUESTION))));
    return calls.entrySet().stream().map(call -> Arguments.of(call.getKey(), call.getValue()));
  }

  /** Who calls, and on which thread. */
  record Call(Caller caller, ThreadId thread) {}

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void othersCannotTellNotTheirsFromNotThere(
      String name, BiFunction<ChatServices, Call, CompletionStage<?>> call) {
    Fixture fixture = new Fixture();
    await(
        fixture
            .chat
            .elements()
            .put(SERVICE, Element.builder().threadId(TRIP).id(MAP).name("Map").build()));
    Object before = await(fixture.chat.threads().load(SERVICE, TRIP));

    Throwable notTheirs =
        catchThrowable(() -> await(call.apply(fixture.chat, new Call(BOB, TRIP))));
    Throwable notThere =
        catchThrowable(
            () -> await(call.apply(fixture.chat, new Call(BOB, ThreadId.of("elsewhere")))));

    assertNotFound(() -> await(call.apply(fixture.chat, new Call(BOB, TRIP))));
    assertThat(notTheirs.getMessage().replace("trip", "elsewhere"))
        .isEqualTo(notThere.getMessage());
    assertThat(await(fixture.chat.threads().load(SERVICE, TRIP))).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void theOwnerReachesWhatIsTheirs(
      String name, BiFunction<ChatServices, Call, CompletionStage<?>> call) {
    Fixture fixture = new Fixture();
    await(
        fixture
            .chat
            .elements()
            .put(SERVICE, Element.builder().threadId(TRIP).id(MAP).name("Map").build()));

    await(call.apply(fixture.chat, new Call(Fixture.BY_ADA, TRIP)));
  }

  @Test
  void usersReachThemselvesOnly() {
    Fixture fixture = new Fixture();
    User ada = User.builder().id(ADA).build();
    await(fixture.chat.users().put(SERVICE, ada));

    assertNotFound(() -> await(fixture.chat.users().get(BOB, ADA)));
    assertNotFound(() -> await(fixture.chat.users().put(BOB, ada)));
    assertNotFound(() -> await(fixture.chat.users().getOrCreate(BOB, ada)));
    assertNotFound(
        () ->
            await(fixture.chat.threads().list(BOB, ADA, ThreadFilter.all(), PageRequest.first(1))));
    assertThat(await(fixture.chat.users().get(Fixture.BY_ADA, ADA)).id()).isEqualTo(ADA);
  }

  @Test
  void nobodyChangesTheOwnerOfAThread() {
    Fixture fixture = new Fixture();
    ChatThread bobs =
        ChatThread.builder().id(TRIP).userId(((Caller.Person) BOB).id()).name("Mine").build();

    assertNotFound(() -> await(fixture.chat.threads().put(BOB, bobs)));
    assertNotFound(() -> await(fixture.chat.threads().put(Fixture.BY_ADA, bobs)));
    assertFails(ErrorCode.CONFLICT, () -> await(fixture.chat.threads().put(SERVICE, bobs)));
    assertThat(await(fixture.chat.threads().get(SERVICE, TRIP)))
        .returns("Trip", thread -> thread.name().orElseThrow())
        .returns(ADA, thread -> thread.userId().orElseThrow());
  }

  @Test
  void aPersonTakesOverNothingThatHasNoOwner() {
    Fixture fixture = new Fixture();
    ThreadId ownerless = ThreadId.of("ownerless");
    ThreadId stepsOnly = ThreadId.of("steps-only");
    await(fixture.chat.threads().put(SERVICE, ChatThread.builder().id(ownerless).build()));
    await(
        fixture
            .chat
            .steps()
            .put(SERVICE, Step.userMessage(stepsOnly, StepId.of("s"), "of somebody")));

    for (ThreadId id : List.of(ownerless, stepsOnly)) {
      assertNotFound(
          () -> await(fixture.chat.threads().put(BOB, ChatThread.builder().id(id).build())));
      assertNotFound(() -> await(fixture.chat.threads().load(BOB, id)));
    }
  }

  @Test
  void theServiceGivesAnOwnerToAThreadWithoutOne() {
    Fixture fixture = new Fixture();
    ThreadId id = ThreadId.of("ownerless");
    JsonObject shared = JsonObject.of("is_shared", JsonValue.of(true));
    await(
        fixture.chat.threads().put(SERVICE, ChatThread.builder().id(id).metadata(shared).build()));

    await(
        fixture
            .chat
            .threads()
            .put(SERVICE, ChatThread.builder().id(id).userId(ADA).name("Found").build()));

    assertThat(await(fixture.chat.threads().get(Fixture.BY_ADA, id)))
        .returns("Found", thread -> thread.name().orElseThrow())
        .returns(shared, thread -> thread.metadata().orElseThrow());
  }

  private static Feedback thumbsUp(ThreadId thread) {
    return Feedback.builder().threadId(thread).stepId(QUESTION).value(1).build();
  }
}
