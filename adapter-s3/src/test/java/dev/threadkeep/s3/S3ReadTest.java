package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** How the bytes of files come, and do not come. */
class S3ReadTest extends S3StoreTest {
  private static final UploadOptions OPTIONS = UploadOptions.of("a/b");

  @Test
  void readsThatEndEarlyShouldGiveTheirConnectionBack() {
    byte[] bytes = random(3_000_000);
    Await.result(blobs.upload(key, ByteBuffer.wrap(bytes), OPTIONS));
    try (S3AsyncClient single =
        S3ProxyEngine.clientBuilder(S3ProxyEngine.endpoint())
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(1))
            .build()) {
      BlobStore store = S3BlobStore.of(single, S3ProxyEngine.presigner(), BUCKET);

      for (int i = 0; i < 3; i++) {
        BlobContent content = Await.result(store.read(key, ByteRange.ALL)).orElseThrow();
        Await.result(ByteCollector.subscribe(content.bytes(), 1).bytes());
        Await.failure(() -> store.read(key, ByteRange.from(bytes.length)));
      }

      assertThat(Await.result(store.find(key))).isPresent();
    }
  }

  @Test
  void aWholeFileShouldBeAskedForWithoutARange() {
    Await.result(blobs.upload(key, ByteBuffer.wrap(random(10)), OPTIONS));

    for (ByteRange range :
        new ByteRange[] {ByteRange.ALL, new ByteRange(2, 3), ByteRange.from(4)}) {
      Await.result(
          ByteCollector.subscribe(Await.result(blobs.read(key, range)).orElseThrow().bytes())
              .bytes());
    }

    assertThat(requests.of(GetObjectRequest.class))
        .extracting(GetObjectRequest::range)
        .containsExactly(null, "bytes=2-4", "bytes=4-");
  }

  @ParameterizedTest
  @CsvSource({"20, '', UNAVAILABLE", "5, bytes 3-7/*, UNAVAILABLE", "2, '', INVALID"})
  void anAnswerThatIsNotThePartShouldBeRefusedAndDropped(
      int length, String contentRange, ErrorCode code) throws IOException {
    try (StubS3 s3 =
            new StubS3(
                exchange -> {
                  exchange
                      .getResponseHeaders()
                      .set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
                  if (!contentRange.isEmpty()) {
                    exchange.getResponseHeaders().set("Content-Range", contentRange);
                  }
                  exchange.sendResponseHeaders(200, length);
                  exchange.getResponseBody().write(new byte[length]);
                });
        S3AsyncClient single =
            S3ProxyEngine.clientBuilder(s3.endpoint())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(1))
                .build()) {
      BlobStore store = S3BlobStore.of(single, S3ProxyEngine.presigner(), "files");

      for (int i = 0; i < 2; i++) {
        DataLayerException error = Await.failure(() -> store.read(key, new ByteRange(3, 5)));
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
      }
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadShouldBeSaid() throws IOException {
    try (StubS3 s3 =
            new StubS3(
                exchange -> {
                  exchange
                      .getResponseHeaders()
                      .set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
                  exchange.getResponseHeaders().set("Content-Length", "100");
                  exchange.sendResponseHeaders(
                      exchange.getRequestMethod().equals("HEAD") ? 200 : 416, -1);
                });
        S3AsyncClient stubbed = S3ProxyEngine.clientBuilder(s3.endpoint()).build()) {
      BlobStore store = S3BlobStore.of(stubbed, S3ProxyEngine.presigner(), "files");

      Await.refused(
          ErrorCode.UNAVAILABLE,
          "file " + key + " changed while it was read",
          () -> store.read(key, ByteRange.from(50)));
    }
  }
}
