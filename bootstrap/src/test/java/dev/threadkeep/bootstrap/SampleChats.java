package dev.threadkeep.bootstrap;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.StoredItem;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.ThreadInventory;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import dev.threadkeep.local.LocalDataStore;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Stores that a command works on in a test, and chats to fill them with. Open as long as needed.
 */
record SampleChats(DataStore store, BlobStore files) implements AutoCloseable {
  private static final int FILE_BYTES = 6_000_000; // more than a part of an upload

  /** The embedded store of a folder. */
  static SampleChats in(Path folder) {
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    return new SampleChats(
        LocalDataStore.open(folder, Clock.systemUTC()),
        LocalBlobStore.open(folder, urls, Clock.systemUTC()));
  }

  /** Threads of some users with all that there can be, the steps of one of them large. */
  void fill(int threads) {
    for (int i = 0; i < threads; i++) {
      UserId user = UserId.of("user/" + i % 3);
      Await.result(
          store
              .users()
              .upsert(
                  User.builder()
                      .id(user)
                      .metadata(
                          JsonObject.of(
                              "n", JsonValue.of(new BigDecimal("0.10000000000000000001"))))
                      .build()));
      thread(ThreadId.of("thread#" + i), i == 1 ? Optional.empty() : Optional.of(user));
    }
    ThreadId first = ThreadId.of("thread#0");
    Await.result(
        store
            .steps()
            .upsert(
                Step.builder()
                    .from(Step.assistantMessage(first, StepId.of("large"), Large.text(900_000)))
                    .input(Large.text(700_000))
                    .build()));
    byte[] bytes = new byte[FILE_BYTES];
    new Random(1).nextBytes(bytes);
    file(first, "file", bytes, UploadOptions.of("image/png").disposition("inline"));
    file(first, "empty", new byte[0], UploadOptions.of("text/plain; charset=utf-8"));
    step(ThreadId.of("nowhere"), "s");
  }

  /**
   * What crashes and others leave: a file that nothing refers to, an element without its file, and
   * a thread whose delete has begun.
   */
  void litter() {
    ThreadId first = ThreadId.of("thread#0");
    file(first, "lost", new byte[] {1}, UploadOptions.of("a/b"));
    Await.result(files.delete(key(first, "lost")));
    Await.result(
        files.upload(key(first, "stray"), ByteBuffer.allocate(3), UploadOptions.of("a/b")));
    ThreadId cleared = ThreadId.of("thread#cleared");
    thread(cleared, Optional.of(UserId.of("user/0")));
    file(cleared, "file", new byte[] {1}, UploadOptions.of("a/b"));
    Await.result(store.threads().clear(cleared));
  }

  /** All that is stored, files by their keys. */
  Map<Object, Object> everything() {
    Map<Object, Object> all = new HashMap<>();
    for (User user : Await.pages(after -> store.transfer().users(after))) {
      all.put(user.id(), user);
    }
    for (ThreadInventory thread : Await.pages(after -> store.maintenance().inventory(after))) {
      List<StoredItem> contents =
          Await.pages(after -> store.transfer().contents(thread.id(), after));
      all.put(thread.id(), contents);
    }
    for (BlobEntry file : Await.pages(after -> files.list("", after))) {
      BlobInfo info = Await.result(files.find(file.key())).orElseThrow();
      all.put(
          file.key(),
          List.of(
              info.mime(), info.disposition(), info.size(), Arrays.hashCode(bytes(file.key()))));
    }
    return all;
  }

  byte[] bytes(BlobKey key) {
    return Await.result(
        ByteCollector.subscribe(Await.result(files.read(key, ByteRange.ALL)).orElseThrow().bytes())
            .bytes());
  }

  @Override
  public void close() {
    files.close();
    store.close();
  }

  private void thread(ThreadId id, Optional<UserId> owner) {
    Await.result(
        store
            .threads()
            .create(
                ChatThread.builder()
                    .id(id)
                    .userId(owner)
                    .name("Name of 😀 " + id)
                    .tags(List.of("one", ""))
                    .createdAt(new Timestamp("2020-01-01T00:00:00.000001Z"))
                    .metadata(JsonObject.of("is_shared", JsonValue.of(true)))
                    .build()));
    for (int i = 0; i < 4; i++) {
      step(id, "s" + i);
    }
    Await.result(
        store
            .feedback()
            .upsert(
                Feedback.builder()
                    .threadId(id)
                    .stepId(StepId.of("s1"))
                    .value(1)
                    .comment("why")
                    .build()));
    Await.result(store.threads().touch(id, Timestamp.of(Clock.systemUTC().instant())));
  }

  private void step(ThreadId thread, String id) {
    Await.result(
        store
            .steps()
            .upsert(
                Step.builder()
                    .from(Step.userMessage(thread, StepId.of(id), "שלום " + id))
                    .metadata(JsonObject.of(Step.FAVORITE, JsonValue.of(id.equals("s2"))))
                    .other(JsonObject.of("later", JsonValue.of("kept")))
                    .build()));
  }

  private void file(ThreadId thread, String id, byte[] bytes, UploadOptions options) {
    BlobKey key = key(thread, id);
    Await.result(files.upload(key, ByteBuffer.wrap(bytes), options));
    Await.result(
        store
            .elements()
            .upsert(
                Element.builder()
                    .threadId(thread)
                    .id(ElementId.of(id))
                    .objectKey(key)
                    .mime(options.mime())
                    .build()));
  }

  private static BlobKey key(ThreadId thread, String id) {
    return BlobKey.of("user%2F0/" + thread.value() + "/" + id);
  }
}
