package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that do not arrive, or are not taken: nothing of them is left, and nobody waits. */
class ContentUploadTest {
  private static final int LIMIT = 100_000;

  @RegisterExtension
  static final TestServer SERVER =
      TestServer.ofFiles(config -> config.maxUploadBytes(LIMIT).maxBodyBytes(50_000));

  /** Gives up soon. */
  @RegisterExtension
  static final TestServer HASTY =
      TestServer.ofFiles(config -> config.requestTimeout(Duration.ofMillis(300)));

  private final String thread = Fresh.thread().value();
  private final String element = "/v1/threads/" + thread + "/elements/e";
  private final String content = element + "/content";
  private final String requestId = Fresh.text();
  private final Api service = SERVER.service();

  @AfterEach
  void restore() {
    SERVER.blobs.restore();
    HASTY.blobs.restore();
  }

  private static BodyPublisher unannounced(byte[] bytes) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private String head(String... headers) {
    return "PUT "
        + content
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + TestServer.SERVICE_TOKEN
        + "\r\nX-Request-Id: "
        + requestId
        + "\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  private void assertNothingIsLeft(TestServer server) {
    server.service().get(element).problem(Code.NOT_FOUND);
    assertThat(Await.result(server.blobs.find(BlobKey.of("unknown/" + thread + "/e")))).isEmpty();
  }

  @Test
  void fileOfTheLimitShouldBeTaken() {
    service.upload(content, "image/png", new byte[LIMIT]).ok();
    service.upload(content, "image/png", unannounced(new byte[LIMIT])).ok();
  }

  @Test
  void fileOverTheLimitShouldBeTooLargeWhenAnnounced() {
    Reply reply = service.upload(content, "image/png", new byte[LIMIT + 1]);

    assertThat(reply.problem(Code.TOO_LARGE).detail())
        .isEqualTo("content: 100,001 bytes, at most 100,000");
    assertThat(SERVER.blobs.uploads()).noneMatch(key -> key.value().contains(thread));
  }

  @Test
  void fileOverTheLimitShouldNotBeAskedFor() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Expect: 100-continue", "Content-Length: " + (LIMIT + 1)));

      connection.receive().problem(Code.TOO_LARGE);
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void fileOverTheLimitShouldBeTooLargeWhenItArrives() {
    service.upload(content, "image/png", unannounced(new byte[LIMIT + 1])).problem(Code.TOO_LARGE);

    assertThat(SERVER.blobs.uploads()).anyMatch(key -> key.value().contains(thread));
    assertNothingIsLeft(SERVER);
  }

  @Test
  void endlessFileShouldBeRefused() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Transfer-Encoding: chunked"));
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      for (int i = 0; i < 8; i++) {
        connection.send(chunk);
      }

      assertThat(connection.receive().problem(Code.TOO_LARGE).header("connection"))
          .isEqualTo("close");
    }
    assertNothingIsLeft(SERVER);
  }

  @Test
  void fileShouldBeAskedForWhenItIsWanted() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Expect: 100-continue", "Content-Length: 5"));
      assertThat(connection.receive().status()).isEqualTo(100);
      connection.send("bytes");

      connection.receive().ok();
    }
    assertThat(service.download(content).text()).isEqualTo("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
  void nothingShouldBeLeftOfAClientThatHangsUp(String framing) throws IOException {
    try (LogLines log = new LogLines()) {
      try (RawHttp connection = new RawHttp(SERVER.server.port())) {
        connection.send(head(framing) + "1f4\r\n" + "x".repeat(500));
        awaitUpload(SERVER);
      }
      assertThat(log.of(requestId)).isNotEmpty();
    }
    assertNothingIsLeft(SERVER);
  }

  @Test
  void clientThatEndsTooEarlyShouldBeTold() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Content-Length: 1000") + "x".repeat(500));
      connection.endOutput();

      connection.receive().problem(Code.MALFORMED);
    }
    assertNothingIsLeft(SERVER);
  }

  @Test
  void fileThatStaysShouldBeTheOneBefore() throws IOException {
    service.upload(content, "image/png", random(100)).ok();
    String tag = service.download(content).header("ETag");
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Content-Length: 1000", "Content-Type: text/html") + "x".repeat(500));
      connection.endOutput();
      connection.receive().problem(Code.MALFORMED);
    }

    Reply served = service.download(content);
    assertThat(served.header("ETag")).isEqualTo(tag);
    assertThat(service.get(element).ok().textAt("mime")).isEqualTo("image/png");
  }

  @Test
  void chunkThatIsNoneShouldBeMalformed() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Transfer-Encoding: chunked") + "3\r\nabc\r\nzz\r\n");

      connection.receive().problem(Code.MALFORMED);
    }
    assertNothingIsLeft(SERVER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500})
  void clientThatStallsShouldBeGivenUp(int sent) throws IOException {
    try (RawHttp connection = new RawHttp(HASTY.server.port())) {
      connection.send(head("Content-Length: 1000") + "x".repeat(sent));

      assertThat(connection.receive().problem(Code.REQUEST_TIMEOUT).header("connection"))
          .isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
    assertNothingIsLeft(HASTY);
  }

  /** In all it takes longer than any pause may. */
  @Test
  void slowClientShouldBeWaitedFor() throws Exception {
    TestServer patient =
        TestServer.ofFiles(config -> config.requestTimeout(Duration.ofMillis(1_500)));
    patient.server.start();
    try (ThreadkeepServer server = patient.server;
        RawHttp connection = new RawHttp(server.port())) {
      connection.send(head("Content-Length: 8"));
      for (int i = 0; i < 8; i++) {
        Thread.sleep(250);
        connection.send("x");
      }

      connection.receive().ok();
    }
  }

  @Test
  void slowClientsShouldKeepNobodyWaiting() throws IOException {
    List<RawHttp> slow = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawHttp connection = new RawHttp(SERVER.server.port());
      connection.send(head("Content-Length: 1000") + "x");
      slow.add(connection);
    }

    SERVER.anybody().get("/health/ready").ok();

    for (RawHttp connection : slow) {
      connection.close();
    }
  }

  @Test
  void storeThatFailsAtOnceShouldLeaveTheConnectionOfUse() throws IOException {
    SERVER.blobs.uploadWith(content -> CompletableFuture.failedStage(slowDown()));
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      for (int i = 0; i < 3; i++) {
        connection.send(head("Content-Length: 40000") + "x".repeat(40_000));
        assertThat(connection.receive().problem(Code.THROTTLED).header("connection"))
            .isNotEqualTo("close");
      }
    }
    assertNothingIsLeft(SERVER);
  }

  @ParameterizedTest
  @ValueSource(ints = {40_000, 99_000})
  void storeThatFailsOnTheWayShouldNotHangTheClient(int size) {
    SERVER.blobs.uploadWith(
        content -> {
          Taker taker = new Taker(1);
          content.subscribe(taker);
          return taker.parts.thenCompose(first -> CompletableFuture.failedStage(slowDown()));
        });

    service.upload(content, "image/png", unannounced(new byte[size])).problem(Code.THROTTLED);

    assertNothingIsLeft(SERVER);
  }

  @Test
  void storeThatFailsWithoutReadingShouldNotTakeALargeFile() throws IOException {
    SERVER.blobs.uploadWith(
        content -> {
          content.subscribe(new Taker(0));
          return CompletableFuture.failedStage(slowDown());
        });
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(head("Content-Length: 100000") + "x".repeat(90_000));

      assertThat(connection.receive().problem(Code.THROTTLED).header("connection"))
          .isEqualTo("close");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void storeThatStopsReadingShouldNotBeWaitedFor(int parts) {
    Taker taker = new Taker(parts);
    HASTY.blobs.uploadWith(
        content -> {
          content.subscribe(taker);
          return new CompletableFuture<>();
        });

    HASTY.service().upload(content, "image/png", new byte[200_000]).problem(Code.OUTCOME_UNKNOWN);

    assertThat(taker.ended.join()).isInstanceOf(DataLayerException.class);
  }

  @Test
  void storeThatNeverEndsShouldNotBeWaitedFor() {
    HASTY.blobs.uploadWith(
        content -> {
          content.subscribe(new Taker(Long.MAX_VALUE));
          return new CompletableFuture<>();
        });

    HASTY.service().upload(content, "image/png", new byte[10]).problem(Code.OUTCOME_UNKNOWN);
    HASTY.service().upload(content, "image/png", new byte[0]).problem(Code.OUTCOME_UNKNOWN);
  }

  @Test
  void storeThatNeverBeginsShouldNotBeWaitedFor() {
    HASTY.blobs.uploadWith(content -> new CompletableFuture<>());

    HASTY.service().upload(content, "image/png", new byte[10]).problem(Code.OUTCOME_UNKNOWN);
  }

  @Test
  void storeThatForgetsTheClientsFaultShouldNotHideIt() throws IOException {
    HASTY.blobs.uploadWith(
        content -> {
          content.subscribe(new Taker(Long.MAX_VALUE));
          return new CompletableFuture<>();
        });
    try (RawHttp connection = new RawHttp(HASTY.server.port())) {
      connection.send(head("Content-Length: 1000") + "x");

      connection.receive().problem(Code.REQUEST_TIMEOUT);
    }
  }

  @Test
  void partsShouldStayWhatTheyAre() {
    byte[] file = random(90_000);
    CompletableFuture<byte[]> taken = new CompletableFuture<>();
    SERVER.blobs.uploadWith(
        content -> {
          Taker taker = new Taker(Long.MAX_VALUE);
          content.subscribe(taker);
          return taker.parts.thenApply(
              parts -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (ByteBuffer part : parts) {
                  byte[] bytes = new byte[part.remaining()];
                  part.get(bytes);
                  all.writeBytes(bytes);
                }
                taken.complete(all.toByteArray());
                return (long) all.size();
              });
        });

    service.upload(content, "image/png", unannounced(file)).ok();

    assertThat(taken.join()).isEqualTo(file);
  }

  @Test
  void subscriberThatThrowsShouldNotHangTheClient() {
    HASTY.blobs.uploadWith(
        content -> {
          content.subscribe(
              new Taker(1) {
                @Override
                public void onNext(ByteBuffer part) {
                  throw new IllegalStateException("planted");
                }
              });
          return new CompletableFuture<>();
        });

    HASTY.service().upload(content, "image/png", new byte[10]).problem(Code.INTERNAL);
  }

  @Test
  void bodyShouldBeReadOnce() {
    SERVER.blobs.uploadWith(
        content -> {
          content.subscribe(new Taker(1));
          content.subscribe(new Taker(1));
          return new CompletableFuture<>();
        });

    service.upload(content, "image/png", new byte[10]).problem(Code.INTERNAL);
  }

  @Test
  void subscriberThatAsksForNothingShouldBeToldSo() {
    SERVER.blobs.uploadWith(
        content -> {
          Taker taker = new Taker(-1);
          content.subscribe(taker);
          return taker.parts.thenApply(parts -> 0L);
        });

    service.upload(content, "image/png", new byte[10]).problem(Code.INTERNAL);
  }

  private void awaitUpload(TestServer server) {
    while (server.blobs.uploads().stream().noneMatch(key -> key.value().contains(thread))) {
      Thread.onSpinWait();
    }
  }

  private static DataLayerException slowDown() {
    return new DataLayerException(ErrorCode.THROTTLED, "slow down");
  }

  /** Asks for so many parts and keeps them. They are complete at the end, or when all are here. */
  private static class Taker implements Flow.Subscriber<ByteBuffer> {
    private final long count;
    private final List<ByteBuffer> kept = new CopyOnWriteArrayList<>();
    final CompletableFuture<List<ByteBuffer>> parts = new CompletableFuture<>();

    /** Why nothing more will come. */
    final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    Taker(long count) {
      this.count = count;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      if (count != 0) {
        subscription.request(count);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      kept.add(part);
      if (kept.size() == count) {
        parts.complete(kept);
      }
    }

    @Override
    public void onError(Throwable failure) {
      ended.complete(failure);
      parts.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      parts.complete(kept);
    }
  }
}
