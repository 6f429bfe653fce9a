package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.BOB;
import static dev.threadkeep.application.Fixture.BY_ADA;
import static dev.threadkeep.application.Fixture.QUESTION;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.FeedbackId;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import org.junit.jupiter.api.Test;

class FeedbackServiceTest {
  private final Fixture fixture = new Fixture();
  private final FeedbackService feedback = fixture.chat.feedback();

  @Test
  void deleteShouldTakeTheIdThatPutGave() {
    Feedback given = await(feedback.put(BY_ADA, on(TRIP, QUESTION)));

    await(feedback.delete(BY_ADA, given.id()));

    assertThat(await(fixture.chat.steps().get(BY_ADA, TRIP, QUESTION)).feedback()).isEmpty();
  }

  @Test
  void deleteShouldTakeTheSplitWhoseStepExists() {
    ThreadId thread = ThreadId.of("a::STEP#b");
    StepId step = StepId.of("c::STEP#d");
    await(fixture.chat.threads().put(BY_ADA, ChatThread.builder().id(thread).build()));
    await(fixture.chat.steps().put(BY_ADA, Step.userMessage(thread, step, "?")));
    await(feedback.put(BY_ADA, on(thread, step)));

    await(feedback.delete(BY_ADA, FeedbackId.of("THREAD#a::STEP#b::STEP#c::STEP#d")));

    assertThat(await(fixture.chat.steps().get(BY_ADA, thread, step)).feedback()).isEmpty();
  }

  @Test
  void deleteShouldTakeTheSplitThatIsTheCallersOwn() {
    ThreadId own = ThreadId.of("x::STEP#y");
    StepId step = StepId.of("z");
    await(fixture.chat.threads().put(BY_ADA, ChatThread.builder().id(own).build()));
    await(fixture.chat.steps().put(BY_ADA, Step.userMessage(own, step, "?")));
    Feedback given = await(feedback.put(BY_ADA, on(own, step)));
    ThreadId others = ThreadId.of("x");
    StepId decoy = StepId.of("y::STEP#z");
    await(fixture.chat.threads().put(BOB, ChatThread.builder().id(others).build()));
    await(fixture.chat.steps().put(BOB, Step.userMessage(others, decoy, "?")));
    await(feedback.put(BOB, on(others, decoy)));

    await(feedback.delete(BY_ADA, given.id()));

    assertThat(await(fixture.chat.steps().get(BY_ADA, own, step)).feedback()).isEmpty();
    assertThat(await(fixture.chat.steps().get(BOB, others, decoy)).feedback()).isPresent();
  }

  @Test
  void row13_feedbackOnAnUnknownStepShouldBeNotFound() {
    assertNotFound(() -> await(feedback.put(BY_ADA, on(TRIP, StepId.of("unknown")))));
    assertNotFound(() -> await(feedback.delete(BY_ADA, TRIP, StepId.of("unknown"))));
    assertThat(await(fixture.chat.threads().load(BY_ADA, TRIP)).steps()).hasSize(1);
  }

  @Test
  void anIdThatIsNoneShouldBeNotFound() {
    assertNotFound(() -> await(feedback.delete(BY_ADA, FeedbackId.of("42"))));
  }

  private static Feedback on(ThreadId thread, StepId step) {
    return Feedback.builder().threadId(thread).stepId(step).value(1).build();
  }
}
