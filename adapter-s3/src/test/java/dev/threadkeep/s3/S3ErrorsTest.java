package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a caller is told when the network or S3 does not do as it should. */
class S3ErrorsTest {
  private static final UploadOptions OPTIONS = UploadOptions.of("a/b");

  private final BlobKey key = BlobKey.of("user/thread/" + Fresh.text());
  private StubS3 s3;
  private S3AsyncClient once;
  private BlobStore blobs;

  @BeforeEach
  void open() throws IOException {
    s3 = new StubS3(StubS3.Answer.NONE);
    once = attempts(client(), 1);
    blobs = S3BlobStore.of(once, S3ProxyEngine.presigner(), "files");
  }

  @AfterEach
  void close() {
    once.close();
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, THROTTLED, THROTTLED",
    "503, ServiceUnavailable, THROTTLED, THROTTLED",
    "404, NoSuchBucket, UNAVAILABLE, UNAVAILABLE",
    "403, AccessDenied, UNAVAILABLE, UNAVAILABLE",
    "403, InvalidAccessKeyId, UNAVAILABLE, UNAVAILABLE",
    "403, SignatureDoesNotMatch, UNAVAILABLE, UNAVAILABLE",
    "400, ExpiredToken, UNAVAILABLE, UNAVAILABLE",
    "400, AuthorizationHeaderMalformed, UNAVAILABLE, UNAVAILABLE",
    "301, PermanentRedirect, UNAVAILABLE, UNAVAILABLE",
    "400, RequestTimeout, UNAVAILABLE, UNAVAILABLE",
    "400, BadDigest, UNAVAILABLE, UNAVAILABLE",
    "412, PreconditionFailed, ALREADY_EXISTS, ALREADY_EXISTS",
    "409, ConditionalRequestConflict, ALREADY_EXISTS, ALREADY_EXISTS",
    "400, EntityTooLarge, TOO_LARGE, TOO_LARGE",
    "400, InvalidArgument, INVALID, INVALID",
    "501, NotImplemented, INVALID, INVALID",
    "500, InternalError, OUTCOME_UNKNOWN, UNAVAILABLE",
    "502, '', OUTCOME_UNKNOWN, UNAVAILABLE",
  })
  void anAnswerShouldBeTranslatedWithoutItsMessage(
      int status, String code, ErrorCode onWrite, ErrorCode onRead) {
    s3.set(StubS3.Answer.error(status, code));

    for (Supplier<CompletionStage<?>> write : writes()) {
      DataLayerException error = Await.failure(write);
      assertThat(error.code()).as(error.getMessage()).isEqualTo(onWrite);
      assertThat(error.getMessage()).containsAnyOf(key.value(), "bucket files");
      assertThat(error.getMessage()).doesNotContain("secret");
    }
    DataLayerException read = Await.failure(() -> blobs.read(key, ByteRange.ALL));
    assertThat(read.code()).isEqualTo(onRead);
    assertThat(read.getMessage()).doesNotContain("secret");
    assertThat(Await.failure(() -> blobs.list("", Optional.empty())).code()).isEqualTo(onRead);
  }

  @Test
  void anAnswerWithoutABodyShouldBeTranslatedByItsStatus() {
    s3.set(StubS3.Answer.error(403, ""));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "S3 denies HeadObject of file " + key + ": the credentials are wrong, or their policy",
        () -> blobs.find(key));

    s3.set(StubS3.Answer.error(500, ""));
    Await.refused(
        ErrorCode.UNAVAILABLE, "S3 failed at HeadObject of file " + key, () -> blobs.find(key));
  }

  @Test
  void aLostReplyToAWriteShouldLeaveItsOutcomeUnknown() {
    for (Supplier<CompletionStage<?>> write : writes()) {
      DataLayerException error = Await.failure(write);
      assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
      assertThat(error).hasMessageStartingWith("S3: the reply was lost to ");
    }
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "S3: the reply was lost to HeadObject of file " + key,
        () -> blobs.find(key));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "S3: the reply was lost to CreateMultipartUpload of file " + key,
        () -> blobs.upload(key, Chunks.of(new byte[5_300_000], 100_000), OPTIONS));
  }

  @Test
  void aStreamThatBrokeOffShouldNotBeSentAgain() {
    try (S3AsyncClient patient = attempts(client(), 2)) {
      BlobStore retrying = S3BlobStore.of(patient, S3ProxyEngine.presigner(), "files");

      Await.refused(
          ErrorCode.OUTCOME_UNKNOWN,
          "S3: the upload of file " + key + " broke off, and a stream cannot be sent again",
          () -> retrying.upload(key, Chunks.of(new byte[100], 7), OPTIONS.size(100)));
    }
  }

  @Test
  void aFileThatAppearsBetweenTwoAttemptsMayBeTheUpload() {
    try (S3AsyncClient patient = attempts(client(), 2)) {
      BlobStore retrying = S3BlobStore.of(patient, S3ProxyEngine.presigner(), "files");
      AtomicInteger attempts = new AtomicInteger();
      s3.set(
          exchange ->
              (attempts.incrementAndGet() == 1
                      ? StubS3.Answer.NONE
                      : StubS3.Answer.error(412, "PreconditionFailed"))
                  .give(exchange));

      Await.refused(
          ErrorCode.OUTCOME_UNKNOWN,
          "S3: PutObject of file " + key + " was sent again after a failure",
          () -> retrying.upload(key, ByteBuffer.allocate(9), OPTIONS.keepExisting()));
    }
  }

  @Test
  void aTimeoutShouldLeaveTheOutcomeOfAWriteUnknown() {
    CountDownLatch end = new CountDownLatch(1);
    s3.set(exchange -> await(end));
    try (S3AsyncClient impatient =
        client().overrideConfiguration(it -> it.apiCallTimeout(Duration.ofMillis(300))).build()) {
      BlobStore hasty = S3BlobStore.of(impatient, S3ProxyEngine.presigner(), "files");
      Await.refused(
          ErrorCode.OUTCOME_UNKNOWN,
          "S3: the reply was lost to DeleteObject of file " + key,
          () -> hasty.delete(key));
      Await.refused(
          ErrorCode.UNAVAILABLE,
          "S3: the reply was lost to GetObject of file " + key,
          () -> hasty.read(key, ByteRange.ALL));
    } finally {
      end.countDown();
    }
  }

  @Test
  void aReplyThatBreaksOffShouldFailItsSubscriber() {
    s3.set(
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
        });

    ByteCollector collector =
        ByteCollector.subscribe(Await.result(blobs.read(key, ByteRange.ALL)).orElseThrow().bytes());

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "S3: the reply was lost to GetObject of file " + key,
        collector::bytes);
  }

  /**
   * A port that is bound and not listened on refuses for sure: nobody else can take it meanwhile.
   */
  @Test
  void aServerThatIsNotThereShouldBeUnavailableToReadsAndWrites() throws IOException {
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI endpoint = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
      try (S3AsyncClient client = attempts(S3ProxyEngine.clientBuilder(endpoint), 2)) {
        BlobStore absent = S3BlobStore.of(client, S3ProxyEngine.presigner(), "files");

        Await.refused(
            ErrorCode.UNAVAILABLE,
            "S3 cannot be reached for PutObject of file " + key,
            () -> absent.upload(key, ByteBuffer.allocate(1), OPTIONS));
        Await.refused(
            ErrorCode.UNAVAILABLE,
            "S3 cannot be reached for PutObject of file " + key,
            () -> absent.upload(key, Chunks.of(new byte[9], 2), OPTIONS.size(9)));
        Await.refused(
            ErrorCode.UNAVAILABLE,
            "S3 cannot be reached for HeadObject of file " + key,
            () -> absent.find(key));
      }
    }
  }

  /**
   * Nothing is uploaded: S3Proxy closes the connection when it refuses what it has not read, and
   * then its answer comes, or it does not.
   */
  @Test
  void aBucketThatIsNotThereShouldBeNamed() {
    BlobStore nowhere =
        S3BlobStore.of(S3ProxyEngine.client(), S3ProxyEngine.presigner(), "no-such-bucket");

    for (Supplier<CompletionStage<?>> call :
        List.<Supplier<CompletionStage<?>>>of(
            () -> nowhere.upload(key, Chunks.of(new byte[5_300_000], 90_000), OPTIONS),
            () -> nowhere.read(key, ByteRange.ALL),
            () -> nowhere.list("", Optional.empty()))) {
      Await.refused(ErrorCode.UNAVAILABLE, "S3 has no bucket no-such-bucket", call);
    }
  }

  @Test
  void wrongCredentialsShouldBeSaid() {
    try (S3AsyncClient client =
        S3ProxyEngine.clientBuilder(S3ProxyEngine.endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3ProxyEngine.ACCESS_KEY, "wrong")))
            .build()) {
      BlobStore denied = S3BlobStore.of(client, S3ProxyEngine.presigner(), "files");

      Await.refused(
          ErrorCode.UNAVAILABLE,
          "S3 denies GetObject of file " + key + ": the credentials are wrong, or their policy",
          () -> denied.read(key, ByteRange.ALL));
    }
  }

  @Test
  void whatTheClientCannotEvenSendShouldBeSaid() {
    try (S3AsyncClient unknown =
            client()
                .credentialsProvider(
                    () -> {
                      throw SdkClientException.create("there are no credentials");
                    })
                .build();
        S3Presigner presigner =
            S3Presigner.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    () -> {
                      throw SdkClientException.create("there are no credentials");
                    })
                .build()) {
      BlobStore anonymous = S3BlobStore.of(unknown, presigner, "files");

      Await.refused(
          ErrorCode.UNAVAILABLE,
          "DeleteObject of file " + key + " was not sent: there are no credentials",
          () -> anonymous.delete(key));
      Await.refused(
          ErrorCode.UNAVAILABLE,
          "the address of file " + key + " was not signed: there are no credentials",
          () -> anonymous.readUrl(key));
    }
  }

  @Test
  void aClosedClientShouldFailWhatIsAskedOfIt() {
    once.close();

    for (Supplier<CompletionStage<?>> write : writes()) {
      assertThat(Await.failure(write).code())
          .isIn(ErrorCode.UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN);
    }
  }

  @Test
  void manyKeysShouldAllHaveTheErrorOfTheirRequest() {
    s3.set(StubS3.Answer.error(503, "SlowDown"));

    List<WriteResult<BlobKey>> results =
        Await.result(blobs.deleteAll(List.of(key, BlobKey.of("a&b"), BlobKey.of("a/../b"))));

    assertThat(results)
        .extracting(it -> it.error().orElseThrow().code())
        .containsExactly(ErrorCode.THROTTLED, ErrorCode.THROTTLED, ErrorCode.INVALID);
  }

  /** Uploads of every kind and a deletion; none has more than one request. */
  private List<Supplier<CompletionStage<?>>> writes() {
    return Stream.<Supplier<CompletionStage<?>>>of(
            () -> blobs.upload(key, ByteBuffer.allocate(9), OPTIONS),
            () -> blobs.upload(key, Chunks.of(new byte[9], 2), OPTIONS),
            () -> blobs.upload(key, Chunks.of(new byte[9], 2), OPTIONS.size(9)),
            () -> blobs.delete(key))
        .toList();
  }

  private S3AsyncClientBuilder client() {
    return S3ProxyEngine.clientBuilder(s3.endpoint());
  }

  private static S3AsyncClient attempts(S3AsyncClientBuilder client, int attempts) {
    return client
        .overrideConfiguration(
            it ->
                it.retryStrategy(
                    retry ->
                        retry
                            .maxAttempts(attempts)
                            .backoffStrategy(BackoffStrategy.retryImmediately())))
        .build();
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
