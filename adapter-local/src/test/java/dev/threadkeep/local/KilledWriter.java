package dev.threadkeep.local;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadAttributes;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes conversations into a folder, several at a time, until it is killed. Says each write on its
 * standard output once it is acknowledged, and a delete before it begins, too.
 */
final class KilledWriter {
  static final UserId OWNER = UserId.of("ada");

  /** What a line ends with that is whole. */
  static final String END = ";";

  private static final int STEPS = 10;

  private static final int WORKERS = 6;

  private final LocalDataStore store;
  private final LocalBlobStore files;

  private KilledWriter(LocalDataStore store, LocalBlobStore files) {
    this.store = store;
    this.files = files;
  }

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    KilledWriter writer =
        new KilledWriter(LocalDataStore.open(folder, Clock.systemUTC()), openFiles(folder));
    for (int i = 0; i < WORKERS; i++) {
      String prefix = arguments[1] + "-" + i + "-";
      new Thread(() -> writer.writeForEver(prefix)).start();
    }
  }

  static LocalBlobStore openFiles(Path folder) {
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    return LocalBlobStore.open(folder, urls, Clock.systemUTC());
  }

  /** The thread as it is written first; its metadata fills several pages of the database. */
  static ChatThread thread(String id) {
    return ChatThread.builder()
        .id(ThreadId.of(id))
        .userId(OWNER)
        .name("new " + id)
        .metadata(JsonObject.of("text", JsonValue.of(text(id, 3_000))))
        .build();
  }

  static Step step(String thread, String id) {
    return Step.assistantMessage(ThreadId.of(thread), StepId.of(id), text(thread + id, 200));
  }

  static String text(String id, int times) {
    return (id + " ").repeat(times);
  }

  private void writeForEver(String prefix) {
    try {
      for (int n = 0; true; n++) {
        write(prefix + n, n % 2 == 0);
      }
    } catch (Throwable failure) {
      say(prefix, "failed " + failure);
    }
  }

  private void write(String id, boolean deleted) {
    ThreadId thread = ThreadId.of(id);
    Await.result(store.threads().create(thread(id)));
    say(id, "created");
    List<Step> steps = IntStream.range(0, STEPS).mapToObj(i -> step(id, "s" + i)).toList();
    for (WriteResult<StepId> result : Await.result(store.steps().upsertAll(steps))) {
      say(id, result.error().isEmpty() ? "step " + result.id() : "failed");
    }
    Await.result(store.threads().update(thread, Patch.set(ThreadAttributes.NAME, "renamed " + id)));
    say(id, "renamed");
    ByteBuffer content = ByteBuffer.wrap(text(id, 10_000).getBytes(StandardCharsets.UTF_8));
    Await.result(files.upload(BlobKey.of(id), content, UploadOptions.of("text/plain")));
    say(id, "file");
    Await.result(
        store
            .elements()
            .upsert(
                Element.builder()
                    .threadId(thread)
                    .id(ElementId.of("e"))
                    .objectKey(BlobKey.of(id))
                    .build()));
    say(id, "element");
    if (deleted) {
      say(id, "deleting");
      Await.result(store.threads().delete(thread));
      say(id, "deleted");
    }
  }

  private static synchronized void say(String thread, String what) {
    System.out.println(thread + " " + what + END);
    System.out.flush();
  }
}
