package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.BY_ADA;
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
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Fixture fixture = new Fixture(Retention.of(WEEK));
  private final ChatServices chat = fixture.chat;

  static Stream<Caller> callers() {
    return Stream.of(BY_ADA, SERVICE);
  }

  @Test
  void aNewThreadShouldExpireAfterTheTimeOfNewThreads() {
    Instant end = fixture.clock.instant().plus(WEEK).truncatedTo(ChronoUnit.SECONDS);
    ThreadId byService = ThreadId.of("by-service");

    assertThat(await(chat.threads().get(BY_ADA, TRIP)).expiresAt()).contains(end);
    assertThat(
            await(chat.threads().put(SERVICE, ChatThread.builder().id(byService).build()))
                .expiresAt())
        .contains(end);
  }

  @Test
  void aThreadThatSaysSoShouldExpireAsItSays() {
    Instant end = Instant.parse("2040-01-01T00:00:00Z");
    ThreadId id = ThreadId.of("later");

    await(chat.threads().put(BY_ADA, ChatThread.builder().id(id).expiresAt(end).build()));

    assertThat(await(chat.threads().get(BY_ADA, id)).expiresAt()).contains(end);
  }

  @Test
  void aThreadThatIsThereShouldKeepItsEnd() {
    Instant end = await(chat.threads().get(BY_ADA, TRIP)).expiresAt().orElseThrow();
    fixture.clock.advance(Duration.ofDays(1));

    await(chat.threads().put(BY_ADA, ChatThread.builder().id(TRIP).name("B").build()));
    assertThat(await(chat.threads().get(BY_ADA, TRIP)).expiresAt()).contains(end);

    await(chat.threads().update(BY_ADA, TRIP, Patch.none().andClear(ThreadAttributes.EXPIRES_AT)));
    await(chat.threads().put(BY_ADA, ChatThread.builder().id(TRIP).name("C").build()));
    await(chat.threads().put(SERVICE, ChatThread.builder().id(TRIP).userId(ADA).name("D").build()));
    assertThat(await(chat.threads().get(BY_ADA, TRIP)).expiresAt()).isEmpty();
    assertThat(await(chat.threads().get(BY_ADA, TRIP)).name()).contains("D");
  }

  @Test
  void withoutATimeOfNewThreadsOnlyThoseShouldExpireThatSaySo() {
    Fixture explicit = new Fixture(Retention.ofThreadsThatSaySo());
    Instant end = Instant.parse("2040-01-01T00:00:00Z");

    assertThat(await(explicit.chat.threads().get(BY_ADA, TRIP)).expiresAt()).isEmpty();
    assertThat(
            await(
                    explicit
                        .chat
                        .threads()
                        .update(BY_ADA, TRIP, Patch.set(ThreadAttributes.EXPIRES_AT, end)))
                .expiresAt())
        .contains(end);
  }

  @Test
  void whereThreadsStayNobodyShouldGiveThemAnEnd() {
    ChatServices staying = new Fixture().chat;
    Instant end = Instant.parse("2040-01-01T00:00:00Z");

    assertThat(await(staying.threads().get(BY_ADA, TRIP)).expiresAt()).isEmpty();
    assertNotConfigured(
        () -> staying.threads().update(BY_ADA, TRIP, Patch.set(ThreadAttributes.EXPIRES_AT, end)));
    assertNotConfigured(
        () -> staying.threads().put(SERVICE, ChatThread.builder().id(TRIP).expiresAt(end).build()));
    assertThat(
            await(
                    staying
                        .threads()
                        .update(BY_ADA, TRIP, Patch.none().andClear(ThreadAttributes.EXPIRES_AT)))
                .expiresAt())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void nobodyShouldReadAnythingOfAThreadThatHasExpired(Caller caller) {
    ElementId map = ElementId.of("map");
    await(chat.elements().put(SERVICE, Element.builder().threadId(TRIP).id(map).build()));
    await(chat.sharing().share(BY_ADA, TRIP));
    await(chat.steps().mark(BY_ADA, TRIP, QUESTION));
    assertThat(await(chat.steps().get(caller, TRIP, QUESTION)).id()).isEqualTo(QUESTION);
    assertThat(await(chat.sharing().view(TRIP)).conversation().steps()).hasSize(1);
    fixture.clock.advance(WEEK);

    assertNotFound(() -> await(chat.threads().get(caller, TRIP)));
    assertNotFound(() -> await(chat.threads().load(caller, TRIP)));
    assertNotFound(() -> await(chat.threads().author(caller, TRIP)));
    assertNotFound(() -> await(chat.steps().get(caller, TRIP, QUESTION)));
    assertNotFound(() -> await(chat.steps().list(caller, TRIP, PageRequest.first(1))));
    assertNotFound(() -> await(chat.elements().get(caller, TRIP, map)));
    assertNotFound(() -> await(chat.elements().getWithFile(caller, TRIP, map)));
    assertNotFound(() -> await(chat.sharing().view(TRIP)));
    assertNotFound(() -> await(chat.sharing().viewFile(TRIP, map)));
    assertThat(await(chat.steps().listFavorites(caller, ADA))).isEmpty();
    assertThat(fixture.listed()).isEmpty();
  }

  @Test
  void aPersonShouldNotWriteIntoAThreadThatHasExpired() {
    fixture.clock.advance(WEEK);

    assertNotFound(
        () -> await(chat.steps().put(BY_ADA, Step.userMessage(TRIP, StepId.of("s"), "late"))));
    assertNotFound(
        () ->
            await(
                chat.feedback()
                    .put(
                        BY_ADA,
                        Feedback.builder().threadId(TRIP).stepId(QUESTION).value(1).build())));
    assertNotFound(() -> await(chat.threads().delete(BY_ADA, TRIP)));
    assertNotFound(() -> await(chat.sharing().share(BY_ADA, TRIP)));
  }

  @Test
  void theIdOfAThreadThatHasExpiredShouldStayTaken() {
    fixture.clock.advance(WEEK);
    ChatThread again = ChatThread.builder().id(TRIP).name("Again").build();

    assertNotFound(() -> await(chat.threads().put(BY_ADA, again)));
    assertFails(ErrorCode.CONFLICT, () -> await(chat.threads().put(SERVICE, again)));

    await(chat.threads().delete(SERVICE, TRIP));
    await(chat.threads().put(BY_ADA, again));

    assertThat(await(chat.threads().load(BY_ADA, TRIP)).steps()).isEmpty();
  }

  @Test
  void theServiceShouldStillReachStepsThatHaveNoThread() {
    ThreadId early = ThreadId.of("early");
    await(chat.steps().put(SERVICE, Step.userMessage(early, StepId.of("s"), "first")));

    assertThat(await(chat.steps().get(SERVICE, early, StepId.of("s"))).output()).contains("first");
  }

  private static void assertNotConfigured(Supplier<CompletionStage<?>> call) {
    assertThat(catchThrowable(() -> call.get().toCompletableFuture().join()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(NotConfiguredException.class)
        .hasMessage("threads do not expire on this server");
  }
}
