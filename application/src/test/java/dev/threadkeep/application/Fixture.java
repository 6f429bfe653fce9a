package dev.threadkeep.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadSummary;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The use cases over an empty store in memory, Ada with a thread of one message, and Bob, who has
 * nothing.
 */
final class Fixture {
  static final UserId ADA = UserId.of("ada");
  static final Caller BOB = Caller.person(UserId.of("bob"));
  static final Caller BY_ADA = Caller.person(ADA);
  static final Caller SERVICE = Caller.service();
  static final ThreadId TRIP = ThreadId.of("trip");
  static final StepId QUESTION = StepId.of("question");

  final TestClock clock = new TestClock();
  final InMemoryDataStore store = new InMemoryDataStore(clock);
  final InMemoryBlobStore files = new InMemoryBlobStore(URI.create("https://files.test"));
  final ChatServices chat;

  Fixture() {
    this(Retention.none());
  }

  Fixture(Retention retention) {
    chat =
        new ChatServices(
            store,
            Optional.of(files),
            BlobKeys.withoutPrefix(),
            clock,
            ChatServices.ACTIVITY_INTERVAL,
            retention);
    await(chat.threads().put(BY_ADA, ChatThread.builder().id(TRIP).name("Trip").build()));
    await(chat.steps().put(BY_ADA, Step.userMessage(TRIP, QUESTION, "Where to?")));
  }

  /** The ids in Ada's list, the first on top. */
  List<String> listed() {
    return await(store.threads().list(ADA, PageRequest.first(100))).items().stream()
        .map(ThreadSummary::id)
        .map(ThreadId::value)
        .toList();
  }

  static <T> T await(CompletionStage<T> stage) {
    return Await.result(stage);
  }

  static void assertNotFound(ThrowingCallable call) {
    assertFails(ErrorCode.NOT_FOUND, call);
  }

  static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThat(catchThrowable(call))
        .isInstanceOfSatisfying(
            DataLayerException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
