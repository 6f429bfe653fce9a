package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.ADA;
import static dev.threadkeep.application.Fixture.BOB;
import static dev.threadkeep.application.Fixture.BY_ADA;
import static dev.threadkeep.application.Fixture.SERVICE;
import static dev.threadkeep.application.Fixture.TRIP;
import static dev.threadkeep.application.Fixture.assertNotFound;
import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ErasureTest {
  private final Fixture fixture = new Fixture();
  private final UserService users = fixture.chat.users();

  @Test
  void eraseShouldRemoveAllOfAUserAndSayWhatItWas() {
    store(ADA, "trip", "picture");
    await(users.put(BY_ADA, User.builder().id(ADA).build()));
    for (int i = 0; i < 250; i++) {
      await(fixture.chat.threads().put(BY_ADA, thread("t" + i)));
    }
    List<ErasedUser> progress = new ArrayList<>();

    ErasedUser erased = await(users.erase(BY_ADA, ADA, progress::add));

    assertThat(erased).isEqualTo(new ErasedUser(ADA, true, 251, 253, 1));
    assertThat(progress).extracting(ErasedUser::threads).containsExactly(100L, 200L, 251L);
    assertThat(fixture.listed()).isEmpty();
    assertThat(await(fixture.store.users().find(ADA))).isEmpty();
    assertThat(await(fixture.store.threads().isTaken(TRIP))).isFalse();
    assertThat(keys()).isEmpty();
    assertNotFound(() -> await(users.erase(SERVICE, ADA, it -> {})));
  }

  @Test
  void eraseShouldTakeFilesOfTheUsersThreadsThatNothingRefersTo() {
    upload("ada/trip/left-behind");
    store(ADA, "trip", "referred");

    assertThat(await(users.erase(SERVICE, ADA, it -> {})).files()).isEqualTo(2);

    assertThat(keys()).isEmpty();
  }

  @Test
  void eraseShouldTakeThreadsWhoseTimeIsOver() {
    ThreadId over = ThreadId.of("over");
    await(
        fixture
            .store
            .threads()
            .create(
                ChatThread.builder()
                    .id(over)
                    .userId(ADA)
                    .expiresAt(fixture.clock.instant().plusSeconds(1))
                    .build()));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(await(users.erase(SERVICE, ADA, it -> {})).threads()).isEqualTo(2);

    assertThat(await(fixture.store.threads().isTaken(over))).isFalse();
  }

  @Test
  void eraseShouldLeaveEverythingOfOthers() {
    UserId other = UserId.of("ada/trip");
    await(fixture.chat.threads().put(BOB, thread("of-bob")));
    store(UserId.of("bob"), "of-bob", "picture");
    await(
        fixture
            .store
            .threads()
            .create(ChatThread.builder().id(ThreadId.of("x")).userId(other).build()));
    List<String> others =
        List.of(
            "ada/other-thread/x", // not one of hers: of another application, for all we know
            "ada/trip/x/y", // as another data layer writes it for the user ada/trip
            "ada/trip",
            "adam/trip/x",
            "readme.txt");
    others.forEach(this::upload);

    await(users.erase(SERVICE, ADA, it -> {}));

    assertThat(keys()).contains("bob/of-bob/picture").containsAll(others);
    assertThat(await(fixture.store.threads().find(ThreadId.of("x")))).isPresent();
    assertThat(await(fixture.store.threads().find(ThreadId.of("of-bob")))).isPresent();
  }

  @Test
  void onlyTheUserAndTheServiceShouldErase() {
    assertNotFound(() -> await(users.erase(BOB, ADA, it -> {})));
    assertNotFound(() -> await(users.erase(SERVICE, UserId.of("nobody"), it -> {})));

    assertThat(fixture.listed()).containsExactly("trip");
  }

  @Test
  void eraseThatFailedShouldEndWhenItIsRepeated() {
    store(ADA, "trip", "picture");
    await(users.put(BY_ADA, User.builder().id(ADA).build()));
    Stubborn stubborn = new Stubborn();
    ChatServices chat = ChatServices.of(fixture.store, Optional.of(stubborn));

    assertThat(Await.failure(() -> chat.users().erase(SERVICE, ADA, it -> {})).code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(await(fixture.store.users().find(ADA))).as("the user goes last").isPresent();
    stubborn.gives = true;

    assertThat(await(chat.users().erase(SERVICE, ADA, it -> {})).isUser()).isTrue();
    assertThat(keys()).isEmpty();
    assertThat(fixture.listed()).isEmpty();
  }

  /** Deletes nothing, until it is told to. */
  private final class Stubborn extends DelegatingBlobStore {
    private boolean gives;

    Stubborn() {
      super(fixture.files);
    }

    @Override
    public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
      DataLayerException no = new DataLayerException(ErrorCode.UNAVAILABLE, "not now");
      return gives
          ? super.deleteAll(keys)
          : CompletableFuture.completedStage(
              keys.stream().map(key -> new WriteResult<>(key, Optional.of(no))).toList());
    }
  }

  private static ChatThread thread(String id) {
    return ChatThread.builder().id(ThreadId.of(id)).build();
  }

  private void store(UserId user, String thread, String element) {
    ThreadId id = ThreadId.of(thread);
    String key = user.value() + "/" + thread + "/" + element;
    upload(key);
    await(fixture.store.steps().upsert(Step.userMessage(id, StepId.of("question"), "?")));
    await(
        fixture
            .store
            .elements()
            .upsert(
                Element.builder()
                    .id(ElementId.of(element))
                    .threadId(id)
                    .objectKey(BlobKey.of(key))
                    .build()));
  }

  private void upload(String key) {
    await(
        fixture.files.upload(
            BlobKey.of(key), ByteBuffer.wrap(new byte[] {1}), UploadOptions.of("image/png")));
  }

  private List<String> keys() {
    return await(fixture.files.list("", Optional.empty())).items().stream()
        .map(BlobEntry::key)
        .map(BlobKey::value)
        .toList();
  }
}
