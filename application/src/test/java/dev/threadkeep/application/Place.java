package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.await;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.PageRequest;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadFilter;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of the two places of a copy, and all that is there as texts. */
final class Place {
  static final UserId ADA = UserId.of("ada");
  static final ThreadId TRIP = ThreadId.of("trip");
  static final ThreadId ORPHANED = ThreadId.of("orphaned");
  static final BlobKey PICTURE = BlobKey.of("ada/trip/picture");

  private final TestClock clock = new TestClock();
  final InMemoryDataStore data = new InMemoryDataStore(clock);
  final InMemoryBlobStore files = new InMemoryBlobStore(URI.create("https://files.test"));
  final BlobKeys keys = BlobKeys.withoutPrefix();

  Copy.Side side() {
    return new Copy.Side(data, Optional.of(files), keys);
  }

  /**
   * 13 users and 14 threads, one without an owner; steps that are rated, favourites, large or
   * without a thread; elements with and without a file.
   */
  void fill() {
    clock.advance(Duration.ofDays(1));
    for (int i = 0; i < 12; i++) {
      UserId user = UserId.of("user-" + i);
      await(data.users().upsert(user(user)));
      thread(ThreadId.of("thread-" + i), Optional.of(user), 2);
    }
    await(data.users().upsert(user(ADA)));
    thread(TRIP, Optional.of(ADA), 12);
    thread(ThreadId.of("nobody's"), Optional.empty(), 1);
    step(ORPHANED, 0);
    step(ORPHANED, 1);
    step(ORPHANED, 2);
    element(TRIP, "picture", Optional.of(PICTURE));
    element(TRIP, "elsewhere", Optional.of(BlobKey.of("other/place")));
    element(TRIP, "chart", Optional.empty());
    element(TRIP, "empty", Optional.of(BlobKey.of("ada/trip/empty")));
    element(ORPHANED, "lonely", Optional.empty());
    upload("ada/trip/picture", "png", UploadOptions.of("image/png"));
    upload("ada/trip/empty", "", UploadOptions.of("a/b"));
    upload(
        "other/place",
        "x".repeat(210_000),
        UploadOptions.of("text/plain; charset=utf-8").disposition("attachment"));
  }

  /** All that is stored, each as a text. */
  List<String> everything() {
    List<String> all = new ArrayList<>();
    List<ThreadInventory> threads = Await.pages(after -> data.maintenance().inventory(after));
    Await.pages(after -> data.transfer().users(after)).forEach(user -> all.add(user.toString()));
    for (ThreadInventory thread : threads) {
      Await.pages(after -> data.transfer().contents(thread.id(), after))
          .forEach(item -> all.add(item.toString()));
    }
    for (BlobEntry file : await(files.list("", Optional.empty())).items()) {
      all.add(file.key() + " " + file(file.key()));
    }
    return all;
  }

  /** What users see of it in their lists. */
  List<String> lists() {
    List<String> lists = new ArrayList<>();
    for (User user : Await.pages(after -> data.transfer().users(after))) {
      for (ThreadFilter filter :
          List.of(
              ThreadFilter.all(),
              ThreadFilter.all().withFeedback(0),
              ThreadFilter.all().withFeedback(1))) {
        lists.add(await(data.threads().list(user.id(), filter, PageRequest.first(100))).toString());
      }
      lists.add(await(data.steps().listFavorites(user.id())).toString());
    }
    return lists;
  }

  /** A file with its type and disposition. */
  String file(BlobKey key) {
    BlobInfo info = await(files.find(key)).orElseThrow();
    byte[] bytes =
        await(
            ByteCollector.subscribe(await(files.read(key, ByteRange.ALL)).orElseThrow().bytes())
                .bytes());
    return info.mime() + " " + info.disposition() + " " + new String(bytes, StandardCharsets.UTF_8);
  }

  private static User user(UserId id) {
    return User.builder()
        .id(id)
        .createdAt(new Timestamp("2020-01-01T00:00:00.000001Z"))
        .metadata(JsonObject.of("big", JsonValue.of(new BigDecimal("12345678901234567890.10"))))
        .build();
  }

  private void thread(ThreadId id, Optional<UserId> owner, int steps) {
    await(
        data.threads()
            .create(
                ChatThread.builder()
                    .id(id)
                    .userId(owner)
                    .name("Name of " + id)
                    .tags(List.of("a", "\"b\""))
                    .other(JsonObject.of("unknown", JsonValue.Null.NULL))
                    .build()));
    for (int i = 0; i < steps; i++) {
      step(id, i);
      await(data.threads().touch(id, Timestamp.of(clock.tick())));
    }
  }

  private void step(ThreadId thread, int number) {
    StepId id = StepId.of("s" + number);
    await(
        data.steps()
            .upsert(
                Step.builder()
                    .from(Step.assistantMessage(thread, id, "text ".repeat(number * 100)))
                    .metadata(JsonObject.of(Step.FAVORITE, JsonValue.of(number % 3 == 0)))
                    .build()));
    if (number % 2 == 0) {
      await(
          data.feedback()
              .upsert(
                  Feedback.builder().threadId(thread).stepId(id).value(number / 2 % 2).build()));
    }
  }

  private void element(ThreadId thread, String id, Optional<BlobKey> file) {
    await(
        data.elements()
            .upsert(
                Element.builder()
                    .threadId(thread)
                    .id(ElementId.of(id))
                    .name(id)
                    .objectKey(file)
                    .build()));
  }

  private void upload(String key, String text, UploadOptions options) {
    await(
        files.upload(
            BlobKey.of(key), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), options));
  }
}
