package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/** How many files are removed at once. */
class S3DeletionTest extends S3StoreTest {
  @Test
  void manyFilesShouldTakeOneRequestForEachThousand() {
    List<BlobKey> keys =
        IntStream.range(0, 2_500).mapToObj(i -> BlobKey.of(key + "/" + i)).toList();
    put(keys.get(0));
    put(keys.get(2_499));

    List<WriteResult<BlobKey>> results = Await.result(blobs.deleteAll(keys));

    assertThat(results).extracting(WriteResult::id).isEqualTo(keys);
    assertThat(results).allMatch(it -> it.error().isEmpty());
    assertThat(requests.of(DeleteObjectsRequest.class))
        .extracting(it -> it.delete().objects().size())
        .containsExactlyInAnyOrder(1_000, 1_000, 500);
    assertThat(Await.result(blobs.find(keys.get(0)))).isEmpty();
    assertThat(Await.result(blobs.find(keys.get(2_499)))).isEmpty();
  }

  /** The SDK reads an entity in a key as what it stands for. */
  @Test
  void aKeyThatLooksLikeXmlShouldNotTakeAnotherFileAlong() {
    BlobKey plain = BlobKey.of(key + "a&b");
    BlobKey escaped = BlobKey.of(key + "a&amp;b");
    put(plain);
    put(escaped);

    Await.result(blobs.deleteAll(List.of(escaped, BlobKey.of(key + "c"))));

    assertThat(Await.result(blobs.find(plain))).isPresent();
    assertThat(Await.result(blobs.find(escaped))).isEmpty();
    assertThat(requests.operations()).contains("DeleteObject", "DeleteObjects");
  }

  @Test
  void aKeyThatIsGivenTwiceShouldHaveTwoResults() {
    put(key);

    assertThat(Await.result(blobs.deleteAll(List.of(key, key))))
        .extracting(WriteResult::id)
        .containsExactly(key, key);
    assertThat(requests.of(DeleteObjectsRequest.class).get(0).delete().objects()).hasSize(1);
  }

  @Test
  void keysThatCannotBeSentShouldBeNoRequestAndNotSpoilTheOthers() {
    put(key);
    BlobKey step = BlobKey.of("a/../b");
    BlobKey half = BlobKey.of("a\uD83D");

    List<WriteResult<BlobKey>> results = Await.result(blobs.deleteAll(List.of(step, key, half)));

    assertThat(results.get(0).error().orElseThrow())
        .hasMessage("object key: has a step . or .. in its path")
        .returns(ErrorCode.INVALID, it -> it.code());
    assertThat(results.subList(1, 3)).allMatch(it -> it.error().isEmpty());
    assertThat(Await.result(blobs.find(key))).isEmpty();
    assertThat(requests.of(DeleteObjectsRequest.class).get(0).delete().objects()).hasSize(1);
  }

  @Test
  void anErrorOfOneKeyShouldBeItsOwn() throws IOException {
    BlobKey denied = BlobKey.of("denied");
    try (StubS3 s3 =
            new StubS3(
                StubS3.Answer.of(
                    "<DeleteResult><Error><Key>denied</Key><Code>AccessDenied</Code>"
                        + "<Message>a secret</Message></Error></DeleteResult>"));
        S3AsyncClient stubbed = S3ProxyEngine.clientBuilder(s3.endpoint()).build()) {
      BlobStore store = S3BlobStore.of(stubbed, S3ProxyEngine.presigner(), "files");

      List<WriteResult<BlobKey>> results = Await.result(store.deleteAll(List.of(key, denied)));

      assertThat(results.get(0).error()).isEmpty();
      assertThat(results.get(1).error().orElseThrow())
          .hasMessageStartingWith("S3 denies DeleteObject of file denied: ")
          .returns(ErrorCode.UNAVAILABLE, it -> it.code());
    }
  }

  @Test
  void aServerThatTakesNoListsShouldBeGivenOneKeyAfterTheOther() throws IOException {
    try (StubS3 s3 =
            new StubS3(
                exchange ->
                    (exchange.getRequestMethod().equals("POST")
                            ? StubS3.Answer.error(501, "NotImplemented")
                            : StubS3.Answer.of(""))
                        .give(exchange));
        S3AsyncClient stubbed =
            S3ProxyEngine.clientBuilder(s3.endpoint())
                .overrideConfiguration(it -> it.retryStrategy(r -> r.maxAttempts(1)))
                .build()) {
      BlobStore store = S3BlobStore.of(stubbed, S3ProxyEngine.presigner(), "files");

      List<WriteResult<BlobKey>> results =
          Await.result(store.deleteAll(List.of(BlobKey.of("a"), BlobKey.of("b"))));

      assertThat(results).allMatch(it -> it.error().isEmpty());
      assertThat(s3.requests())
          .containsExactlyInAnyOrder("POST /files?delete", "DELETE /files/a", "DELETE /files/b");
    }
  }

  private void put(BlobKey file) {
    Await.result(blobs.upload(file, ByteBuffer.allocate(1), UploadOptions.of("a/b")));
  }
}
