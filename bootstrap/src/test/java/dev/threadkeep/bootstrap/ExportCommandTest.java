package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ChatThread;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.Feedback;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import dev.threadkeep.local.LocalDataStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The export as a command, on the store of one machine. */
class ExportCommandTest {
  private static final UserId ADA = UserId.of("ada");
  private static final byte[] PICTURE = new byte[300_000];

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  /** Two threads: one with a feedback, and one whose ids would lead out of a folder. */
  @BeforeEach
  void chat() {
    openStores(ExportCommandTest::fill);
  }

  private void openStores(BiConsumer<LocalDataStore, LocalBlobStore> use) {
    FileUrlSigner urls =
        new FileUrlSigner("", new byte[] {1}, Duration.ofHours(1), Clock.systemUTC());
    try (LocalDataStore store = LocalDataStore.open(folder, Clock.systemUTC());
        LocalBlobStore files = LocalBlobStore.open(folder, urls, Clock.systemUTC())) {
      use.accept(store, files);
    }
  }

  private static void fill(LocalDataStore store, LocalBlobStore files) {
    for (String id : new String[] {"liked", ".."}) {
      ThreadId thread = ThreadId.of(id);
      Await.result(store.threads().create(ChatThread.builder().id(thread).userId(ADA).build()));
      Await.result(store.steps().upsert(Step.userMessage(thread, StepId.of("s"), "Zürich?")));
      BlobKey key = BlobKey.of("ada/" + id + "/picture");
      Await.result(files.upload(key, ByteBuffer.wrap(PICTURE), UploadOptions.of("image/png")));
      put(store, thread, "../e", key);
      put(store, thread, "lost", BlobKey.of("ada/nowhere"));
    }
    Await.result(
        store
            .feedback()
            .upsert(
                Feedback.builder()
                    .threadId(ThreadId.of("liked"))
                    .stepId(StepId.of("s"))
                    .value(1)
                    .build()));
  }

  private static void put(LocalDataStore store, ThreadId thread, String id, BlobKey key) {
    Await.result(
        store
            .elements()
            .upsert(
                Element.builder().threadId(thread).id(ElementId.of(id)).objectKey(key).build()));
  }

  @Test
  void exportShouldPrintALineForEachThread() {
    assertThat(run("export", "--user", "ada")).as(err.toString()).isZero();

    assertThat(lines()).extracting(it -> text(it, "id")).containsExactly("..", "liked");
    assertThat(out.toString()).contains("Zürich?", "/files/");
    assertThat(err.toString()).matches("exported 2 threads in \\d+ s\n");
  }

  @Test
  void exportShouldPrintOnlyThreadsWithAFeedback() {
    assertThat(run("export", "--user", "ada", "--feedback", "1")).isZero();
    assertThat(lines()).extracting(it -> text(it, "id")).containsExactly("liked");

    assertThat(run("export", "--user", "ada", "--feedback", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--feedback must be 0 or 1");
  }

  @Test
  void filesShouldBeStoredBesideAndNowhereElse() throws Exception {
    Path beside = folder.resolve("beside/files");

    assertThat(run("export", "--user", "ada", "--files", beside.toString())).isZero();

    assertThat(beside.resolve("liked/%2E%2E%2Fe")).hasBinaryContent(PICTURE);
    assertThat(beside.resolve("%2E%2E/%2E%2E%2Fe")).hasBinaryContent(PICTURE);
    assertThat(folder.resolve("beside")).isDirectoryNotContaining(it -> !it.equals(beside));
    JsonObject liked = lines().get(1);
    List<JsonValue> elements = elementsOf(liked);
    assertThat(text((JsonObject) elements.get(0), "url")).isEqualTo("liked/%2E%2E%2Fe");
    assertThat(((JsonObject) elements.get(1)).get("url")).as("its file is missing").isEmpty();
  }

  @Test
  void noFileShouldBeStoredInThePlaceOfAnother() throws Exception {
    List<String> ids = List.of("e", "E", "%45", "z".repeat(200), "z".repeat(256), "é".repeat(128));
    openStores(
        (store, files) -> {
          for (String id : ids) {
            BlobKey key = BlobKey.of("ada/liked/" + ids.indexOf(id));
            ByteBuffer content = ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8));
            Await.result(files.upload(key, content, UploadOptions.of("text/plain")));
            put(store, ThreadId.of("liked"), id, key);
          }
        });

    assertThat(run("export", "--user", "ada", "--files", folder.resolve("beside").toString()))
        .as(err.toString())
        .isZero();

    Map<String, String> paths = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonValue item : elementsOf(lines().get(1))) {
      JsonObject element = (JsonObject) item;
      if (ids.contains(text(element, "id"))) {
        paths.put(text(element, "url"), text(element, "id"));
      }
    }
    assertThat(paths).hasSameSizeAs(ids);
    for (Map.Entry<String, String> path : paths.entrySet()) {
      assertThat(folder.resolve("beside").resolve(path.getKey())).hasContent(path.getValue());
    }
  }

  @Test
  void aFileThatHasBecomeShorterShouldBeStoredAsItIsNow() throws Exception {
    String beside = folder.resolve("beside").toString();
    assertThat(run("export", "--user", "ada", "--files", beside)).isZero();
    openStores(
        (store, files) ->
            Await.result(
                files.upload(
                    BlobKey.of("ada/liked/picture"),
                    ByteBuffer.wrap(new byte[] {1}),
                    UploadOptions.of("image/png"))));

    assertThat(run("export", "--user", "ada", "--files", beside)).isZero();

    assertThat(Path.of(beside, "liked/%2E%2E%2Fe")).hasBinaryContent(new byte[] {1});
  }

  @Test
  void aFolderThatCannotBeMadeShouldBeNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run("export", "--user", "ada", "--files", file.toString())).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("export: " + file.resolve("%2E%2E"))
        .contains("cannot be written: ");
  }

  @Test
  void filesThatAreNotStoredShouldBeSaidInALine() {
    Map<String, String> environment =
        Map.of("THREADKEEP_DATA_DIR", folder.toString(), "THREADKEEP_FILES", "none");

    assertThat(
            run(environment, "export", "--user", "ada", "--files", folder.resolve("f").toString()))
        .isEqualTo(1);

    assertThat(err.toString()).isEqualTo("export: files are not stored by this server\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "THREADKEEP_FILES=local",
        "THREADKEEP_FILES=azure THREADKEEP_AZURE_CONTAINER=c"
            + " THREADKEEP_AZURE_CONNECTION_STRING=AccountName=a;SharedAccessSignature=s"
      })
  void addressesThatTheServerWouldRefuseShouldNotBeMade(String files) {
    Path data = folder.resolve("data");
    Map<String, String> environment = new HashMap<>();
    environment.put("THREADKEEP_STORE", "dynamodb");
    environment.put("THREADKEEP_DYNAMODB_TABLE", "chat");
    environment.put("THREADKEEP_DATA_DIR", data.toString());
    for (String setting : files.split(" ", -1)) {
      String[] option = setting.split("=", 2);
      environment.put(option[0], option[1]);
    }

    assertThat(run(environment, "export", "--user", "ada")).isEqualTo(2);

    assertThat(err.toString())
        .contains("  CHAINLIT_AUTH_SECRET: must be set to sign addresses of files");
    assertThat(data).doesNotExist();
  }

  @Test
  void theOutputShouldBeLinesOfJsonAloneAndTheLogElsewhere() throws Exception {
    List<String> command = new ArrayList<>(ServerProcess.javaCommand());
    command.addAll(List.of("export", "--user", "ada"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("THREADKEEP_DATA_DIR", folder.toString());
    Path said = folder.resolve("said");

    Process export = builder.redirectError(said.toFile()).start();
    String printed = new String(export.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(export.waitFor()).isZero();
    assertThat(printed.lines().map(JsonText::parse)).hasSize(2);
    assertThat(said).content().contains("threadkeep.db is open", "exported 2 threads");
  }

  @Test
  void aUserWithoutThreadsShouldHaveNone() {
    assertThat(run("export", "--user", "nobody")).isZero();

    assertThat(out.toString()).isEmpty();
  }

  private List<JsonObject> lines() {
    return out.toString().lines().map(line -> (JsonObject) JsonText.parse(line)).toList();
  }

  private static List<JsonValue> elementsOf(JsonObject thread) {
    return ((JsonValue.Array) thread.get("elements").orElseThrow()).items();
  }

  private static String text(JsonObject object, String name) {
    return ((JsonValue.Text) object.get(name).orElseThrow()).value();
  }

  private int run(String... arguments) {
    return run(Map.of("THREADKEEP_DATA_DIR", folder.toString()), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Main.shell(environment, new PrintWriter(out), new PrintWriter(err)).run(arguments);
  }
}
