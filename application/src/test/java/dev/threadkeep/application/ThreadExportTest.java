package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.BOB;
import static dev.threadkeep.application.Fixture.BY_ADA;
import static dev.threadkeep.application.Fixture.QUESTION;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Conversation;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadExportTest {
  private final Fixture fixture = new Fixture();

  @Test
  void exportShouldGiveAllThreadsOfAUserWithAllThatBelongsToThem() {
    List<String> created = new ArrayList<>(List.of("trip"));
    created.addAll(createMany(250));
    Collections.reverse(created);

    ThreadExport export = begin(ThreadFilter.all());
    List<Conversation> all = rest(export);

    assertThat(all).extracting(it -> it.thread().id().value()).isEqualTo(created);
    assertThat(all.get(250))
        .isEqualTo(await(fixture.chat.threads().load(BY_ADA, TRIP)))
        .satisfies(trip -> assertThat(trip.steps()).extracting(Step::id).containsExactly(QUESTION));
    assertThat(await(export.next())).as("after the end").isEmpty();
  }

  @Test
  void aThreadThatBecomesActiveMeanwhileShouldComeOnceMore() {
    createMany(150);
    ThreadExport export = begin(ThreadFilter.all());
    await(export.next());

    fixture.clock.advance(Duration.ofHours(1));
    await(
        fixture
            .chat
            .steps()
            .put(BY_ADA, Step.userMessage(TRIP, StepId.of("later"), "Are we there yet?")));
    List<Conversation> rest = rest(export);

    assertThat(rest.get(rest.size() - 1).thread().id()).isEqualTo(TRIP);
    assertThat(rest.get(rest.size() - 1).steps()).hasSize(2);
  }

  @Test
  void aThreadThatIsDeletedMeanwhileShouldBeLeftOut() {
    createMany(3);
    ThreadExport export = begin(ThreadFilter.all());
    await(export.next());

    await(fixture.chat.threads().delete(BY_ADA, ThreadId.of("t1")));

    assertThat(rest(export))
        .extracting(it -> it.thread().id().value())
        .containsExactly("t0", "trip");
  }

  @Test
  void aThreadThatSomebodyElseHasMadeMeanwhileShouldBeLeftOut() {
    createMany(2);
    ThreadExport export = begin(ThreadFilter.all());
    await(export.next());

    await(fixture.chat.threads().delete(BY_ADA, TRIP));
    await(fixture.chat.threads().put(BOB, ChatThread.builder().id(TRIP).build()));

    assertThat(rest(export)).extracting(it -> it.thread().id().value()).containsExactly("t0");
  }

  @Test
  void exportShouldGiveOnlyThreadsWithTheFeedbackAskedFor() {
    createMany(3);
    await(
        fixture
            .chat
            .feedback()
            .put(BY_ADA, Feedback.builder().threadId(TRIP).stepId(QUESTION).value(1).build()));

    assertThat(rest(begin(ThreadFilter.all().withFeedback(1))))
        .extracting(it -> it.thread().id())
        .containsExactly(TRIP);
    assertThat(rest(begin(ThreadFilter.all().withFeedback(0)))).isEmpty();
  }

  @Test
  void nobodyShouldExportWhatIsNotTheirs() {
    assertNotFound(() -> await(fixture.chat.threads().export(BOB, ADA, ThreadFilter.all())));
  }

  /** So many threads, each younger than the one before. */
  private List<String> createMany(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              fixture.clock.tick();
              ChatThread thread = ChatThread.builder().id(ThreadId.of("t" + i)).build();
              return await(fixture.chat.threads().put(BY_ADA, thread)).id().value();
            })
        .toList();
  }

  private ThreadExport begin(ThreadFilter filter) {
    return await(fixture.chat.threads().export(BY_ADA, ADA, filter));
  }

  private static List<Conversation> rest(ThreadExport export) {
    List<Conversation> all = new ArrayList<>();
    Optional<Conversation> next = await(export.next());
    while (next.isPresent()) {
      all.add(next.get());
      next = await(export.next());
    }
    return all;
  }
}
