package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readers that are slow or go away, and stores that fail while they give. */
class ContentDownloadTest {
  @RegisterExtension
  static final TestServer SERVER =
      TestServer.ofFiles(config -> config.requestTimeout(Duration.ofMillis(300)));

  private static final int PART = 64 * 1024;

  private final BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");
  private final String address = TestServer.address(key);
  private final String requestId = Fresh.text();
  private BlobInfo info;

  @BeforeEach
  void upload() {
    Await.result(SERVER.blobs.upload(key, ByteBuffer.allocate(9), UploadOptions.of("image/png")));
    info = Await.result(SERVER.blobs.find(key)).orElseThrow();
  }

  @AfterEach
  void restore() {
    SERVER.blobs.restore();
  }

  private BlobContent content(long count, Flow.Publisher<ByteBuffer> bytes) {
    return new BlobContent(info, count, bytes);
  }

  private void serve(long count, Flow.Publisher<ByteBuffer> bytes) {
    SERVER.blobs.readWith(
        (read, range) -> CompletableFuture.completedStage(Optional.of(content(count, bytes))));
  }

  private RawHttp request() throws IOException {
    RawHttp connection = new RawHttp(SERVER.server.port());
    connection.send(
        "GET " + address + " HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + requestId + "\r\n\r\n");
    return connection;
  }

  @Test
  void readerThatGoesAwayShouldFreeTheFile() throws IOException {
    Endless file = new Endless();
    serve(Long.MAX_VALUE, file);

    try (RawHttp connection = request()) {
      assertThat(connection.receiveHead().status()).isEqualTo(200);
      connection.body().readNBytes(1_000_000);
    }

    file.cancelled.join();
    assertThat(file.askedForMany).isFalse();
  }

  @Test
  void readerThatTakesNothingShouldBeGivenUp() throws IOException {
    Endless file = new Endless();
    serve(Long.MAX_VALUE, file);

    try (RawHttp connection = request()) {
      assertThat(connection.receiveHead().status()).isEqualTo(200);
      file.cancelled.join();
    }

    assertThat(file.given).hasValueLessThan(100_000_000);
  }

  @Test
  void slowReaderShouldNotBeGivenUp() throws Exception {
    Endless file = new Endless();
    serve(Long.MAX_VALUE, file);

    try (RawHttp connection = request()) {
      connection.receiveHead();
      for (int i = 0; i < 40; i++) { // for much longer than a request may take
        assertThat(connection.body().readNBytes(1_000_000)).hasSize(1_000_000);
        Thread.sleep(25);
      }
    }

    file.cancelled.join();
  }

  @Test
  void slowReadersShouldKeepNobodyWaiting() throws IOException {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      serve(Long.MAX_VALUE, new Endless());
      RawHttp connection = request();
      slow.add(connection);
      assertThat(connection.receiveHead().status()).isEqualTo(200);
    }

    SERVER.anybody().get("/health/ready").ok();

    for (RawHttp connection : slow) {
      connection.close();
    }
  }

  @Test
  void failureOnTheWayShouldEndTheConnection() throws IOException {
    serve(
        1_000_000,
        Chunks.failing(
            new byte[500_000], 10_000, new DataLayerException(ErrorCode.UNAVAILABLE, "gone")));
    try (LogLines log = new LogLines();
        RawHttp connection = request()) {
      assertThat(connection.receiveHead().header("content-length")).isEqualTo("1000000");

      assertThat(rest(connection)).isLessThan(1_000_000);
      assertThat(log.of(requestId)).hasSize(2);
    }
  }

  @Test
  void storeThatStopsShouldEndTheConnection() throws IOException {
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    serve(
        1_000_000,
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  private boolean given;

                  @Override
                  public void request(long count) {
                    if (!given) {
                      given = true;
                      subscriber.onNext(ByteBuffer.allocate(PART));
                    }
                  }

                  @Override
                  public void cancel() {
                    cancelled.complete(null);
                  }
                }));

    try (LogLines log = new LogLines();
        RawHttp connection = request()) {
      assertThat(connection.receiveHead().header("content-length")).isEqualTo("1000000");
      assertThat(rest(connection)).isLessThan(1_000_000);
      assertThat(log.of(requestId).get(0).getThrowableProxy().getMessage())
          .as("it may be an export, too")
          .isEqualTo("the store gives no more of what is sent");
    }
    cancelled.join();
  }

  @Test
  void failureAtTheBeginningShouldBeAProblem() {
    serve(
        1_000,
        Chunks.failing(new byte[0], 10, new DataLayerException(ErrorCode.UNAVAILABLE, "gone")));

    SERVER.anybody().download(address).problem(Code.INTERNAL);
  }

  @Test
  void fileThatIsShorterThanItSaysShouldNotSeemWhole() throws IOException {
    serve(1_000, Chunks.of(new byte[900], 10));
    SERVER.anybody().download(address).problem(Code.INTERNAL);

    serve(1_000_000, Chunks.of(new byte[900_000], 10_000));
    try (RawHttp connection = request()) {
      assertThat(connection.receiveHead().header("content-length")).isEqualTo("1000000");
      assertThat(rest(connection)).isLessThan(1_000_000);
    }
  }

  @Test
  void fileThatComesInAnyShapeShouldArriveWhole() {
    byte[] bytes = new byte[1_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 / 7);
    }
    serve(bytes.length, Chunks.of(bytes, 7_777));

    assertThat(SERVER.anybody().download(address).text().chars().toArray())
        .isEqualTo(IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray());
  }

  @Test
  void fileThatComesTooLateShouldBeFreed() {
    Endless file = new Endless();
    CompletableFuture<Optional<BlobContent>> late = new CompletableFuture<>();
    SERVER.blobs.readWith((read, range) -> late);

    SERVER.anybody().download(address).problem(Code.UNAVAILABLE);
    late.complete(Optional.of(content(9, file)));

    file.cancelled.join();
  }

  @Test
  void fileThatIsAnotherMeanwhileShouldBeFreed() {
    Endless file = new Endless();
    BlobInfo other =
        new BlobInfo(key, 9, "image/png", Optional.empty(), "another", info.modified());
    SERVER.blobs.readWith(
        (read, range) ->
            CompletableFuture.completedStage(Optional.of(new BlobContent(other, 9, file))));

    SERVER.anybody().download(address).problem(Code.UNAVAILABLE);

    file.cancelled.join();
  }

  @Test
  void headShouldOpenNothing() {
    SERVER.blobs.readWith(
        (read, range) -> {
          throw new AssertionError("nobody may read this");
        });

    assertThat(SERVER.anybody().head(address).status()).isEqualTo(200);
    assertThat(SERVER.anybody().with("If-None-Match", "*").download(address).status())
        .isEqualTo(304);
  }

  /** How many bytes come until the connection ends. */
  private static long rest(RawHttp connection) {
    long count = 0;
    try {
      while (connection.body().read() != -1) {
        count++;
      }
    } catch (IOException ended) {
      // cut off, which is just as well
    }
    return count;
  }

  /** A file without an end, for one reader at a time. */
  private static final class Endless implements Flow.Publisher<ByteBuffer> {
    final AtomicLong given = new AtomicLong();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    volatile boolean askedForMany;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long count) {
              askedForMany |= count != 1;
              if (!cancelled.isDone()) {
                given.addAndGet(PART);
                subscriber.onNext(ByteBuffer.allocate(PART));
              }
            }

            @Override
            public void cancel() {
              cancelled.complete(null);
            }
          });
    }
  }
}
