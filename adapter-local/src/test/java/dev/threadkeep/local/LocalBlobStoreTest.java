package dev.threadkeep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.BlobStoreContract;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBlobStoreTest implements BlobStoreContract {
  private static final UploadOptions TEXT = UploadOptions.of("text/plain");

  private final TestClock clock = new TestClock();
  private final FileUrlSigner urls =
      new FileUrlSigner("https://chat.example", new byte[] {1}, Duration.ofHours(1), clock);

  @TempDir Path folder;
  private LocalBlobStore store;

  @BeforeEach
  void open() {
    store = LocalBlobStore.open(folder, urls, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public BlobStore blobs() {
    return store;
  }

  @Test
  void noKeyShouldNameAFile() throws IOException {
    Stream<String> keys =
        Stream.concat(
            Hostile.ids().map(id -> id.getPayload()), Stream.of("..", "../../x", "/x", "CON", "a"));
    List<BlobKey> all = keys.map(BlobKey::of).toList();
    Await.results(all.stream().map(key -> store.upload(key, buffer("x"), TEXT)).toList());

    assertThat(files())
        .hasSize(all.size())
        .allSatisfy(
            file ->
                assertThat(folder.resolve("files").relativize(file).toString().replace('\\', '/'))
                    .matches("([0-9a-f]{2})/\\1[0-9a-f]{62}"));
  }

  @Test
  void aFileShouldBeginWithALineAboutItself() throws IOException {
    UploadOptions options = TEXT.disposition("attachment");
    Await.result(store.upload(BlobKey.of("a/\n\"b"), buffer("1\n2"), options));

    assertThat(files().get(0))
        .hasContent(
            "{\"key\":\"a/\\n\\\"b\",\"mime\":\"text/plain\",\"disposition\":\"attachment\"}\n1\n2");
  }

  @Test
  void aFailedUploadShouldLeaveNothing() throws IOException {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("x"), TEXT));
    Await.failure(
        () ->
            store.upload(
                BlobKey.of("broken"),
                Chunks.failing(new byte[1_000_000], 1_000, new IOException("gone")),
                TEXT));
    Await.failure(() -> store.upload(key, buffer("y"), TEXT.keepExisting()));

    assertThat(files()).hasSize(1);
    assertThat(drafts()).isEmpty();
  }

  @Test
  void openShouldRemoveWhatAnEndedProcessLeftAndNothingYounger() throws IOException {
    Path abandoned = Files.writeString(folder.resolve("files/drafts/1"), "x");
    Path young = Files.writeString(folder.resolve("files/drafts/2"), "x");
    Duration day = Duration.ofDays(1);
    Files.setLastModifiedTime(abandoned, FileTime.from(clock.instant().minus(day).minusSeconds(1)));
    Files.setLastModifiedTime(young, FileTime.from(clock.instant().minus(day).plusSeconds(1)));

    LocalBlobStore.open(folder, urls, clock).close();

    assertThat(drafts()).containsExactly(young);
  }

  @Test
  void aDamagedFileShouldBeNamedAndBeReplaceable() throws IOException {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("x"), TEXT));
    Path file = files().get(0);
    for (String damage :
        List.of("", "{}", "{}\nx", "{\"key\":\"k\",\"mime\":\"a/b\"}", "\n", "x")) {
      Files.writeString(file, damage);
      Await.refused(
          ErrorCode.CORRUPT,
          file + " does not begin with a line about itself",
          () -> store.find(key));
      Await.refused(ErrorCode.CORRUPT, file.toString(), () -> store.read(key, ByteRange.ALL));
    }
    Files.writeString(file, "y".repeat(1_000_000));
    Await.refused(ErrorCode.CORRUPT, file.toString(), () -> store.find(key));

    Await.result(store.upload(key, buffer("z"), TEXT));
    assertThat(text(key)).isEqualTo("z");
  }

  @Test
  void aReadShouldBeOfOneFileThoughItIsReplacedMeanwhile() {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("a".repeat(1_000_000)), TEXT));
    SlowReader reader = new SlowReader();
    Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes().subscribe(reader);
    Await.result(reader.next()); // the file is open
    Await.result(store.upload(key, buffer("b".repeat(1_000_000)), TEXT));
    Await.result(store.delete(key));

    StringBuilder rest = new StringBuilder();
    for (String part = Await.result(reader.next()); !part.isEmpty(); ) {
      rest.append(part);
      part = Await.result(reader.next());
    }
    assertThat(rest).hasSizeBetween(900_000, 999_999).matches("a+");
  }

  @Test
  void aFileShouldBeReadOnceForEachRead() {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("x"), TEXT));
    Flow.Publisher<ByteBuffer> read =
        Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes();

    assertThat(Await.result(ByteCollector.subscribe(read).bytes())).hasSize(1);
    assertThat(ByteCollector.subscribe(read).bytes().toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void aFileThatIsGoneMeanwhileShouldBeReadToItsEnd() {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("x"), TEXT));
    Flow.Publisher<ByteBuffer> read =
        Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes();
    Await.result(store.delete(key));

    assertThat(Await.result(ByteCollector.subscribe(read).bytes())).asString(UTF_8).isEqualTo("x");
  }

  @Test
  void askingForNothingShouldFailTheRead() {
    BlobKey key = BlobKey.of("k");
    Await.result(store.upload(key, buffer("x"), TEXT));
    SlowReader reader = new SlowReader();
    Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes().subscribe(reader);

    CompletionStage<String> next = reader.ask(0);
    assertThat(next.toCompletableFuture())
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readUrlShouldBeMadeByTheSigner() {
    URI url = Await.result(store.readUrl(BlobKey.of("a/b")));

    assertThat(url).isEqualTo(urls.sign(BlobKey.of("a/b")));
  }

  @Test
  void openShouldNameAFolderThatCannotBe() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(DataLayerException.class)
        .isThrownBy(() -> LocalBlobStore.open(file, urls, clock))
        .withMessageStartingWith("open " + file.resolve("files"))
        .extracting(DataLayerException::code)
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void whatComesAfterCloseShouldFail() throws IOException {
    BlobKey key = BlobKey.of("k");
    CompletionStage<?> accepted = store.upload(key, buffer("x"), TEXT);
    Await.result(accepted);
    SlowReader reader = new SlowReader();
    Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes().subscribe(reader);
    Flow.Publisher<ByteBuffer> unread =
        Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes();
    Await.result(reader.subscribed);
    store.close();

    for (CompletionStage<?> late :
        List.of(
            store.find(key),
            store.read(key, ByteRange.ALL),
            store.delete(key),
            store.upload(key, buffer("y"), TEXT),
            store.upload(key, Chunks.of(new byte[9], 2), TEXT),
            reader.next(),
            ByteCollector.subscribe(unread).bytes())) {
      DataLayerException error = Await.failure(() -> late);
      assertThat(error).hasMessageEndingWith(": the store is closed");
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }
    assertThat(drafts()).isEmpty();
    store.close();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("files"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(folder.resolve("files/drafts")))
          .toList();
    }
  }

  private List<Path> drafts() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("files/drafts"))) {
      return all.toList();
    }
  }

  private String text(BlobKey key) {
    return new String(
        Await.result(
            ByteCollector.subscribe(
                    Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes())
                .bytes()),
        UTF_8);
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Asks for a part only when a test wants one. */
  private static final class SlowReader implements Flow.Subscriber<ByteBuffer> {
    final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
    private CompletableFuture<String> awaited = new CompletableFuture<>();

    /** The next part; empty at the end. */
    CompletionStage<String> next() {
      return ask(1);
    }

    CompletionStage<String> ask(long count) {
      CompletableFuture<String> mine = awaited;
      Await.result(subscribed).request(count);
      return mine;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscribed.complete(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      end().complete(UTF_8.decode(part).toString());
    }

    @Override
    public void onError(Throwable failure) {
      end().completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      awaited.complete("");
    }

    private CompletableFuture<String> end() {
      CompletableFuture<String> ended = awaited;
      awaited = new CompletableFuture<>();
      return ended;
    }
  }
}
