package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** How a bucket is listed. */
class S3ListingTest extends S3StoreTest {
  @Test
  void keysOfEveryKindShouldComeBackAsTheyWere() {
    List<BlobKey> keys =
        Hostile.ids()
            .map(Named::getPayload)
            .map(id -> BlobKey.of(key + "-" + id))
            .filter(Keys::isPossible)
            .toList();
    keys.forEach(
        it -> Await.result(blobs.upload(it, ByteBuffer.allocate(1), UploadOptions.of("a/b"))));
    BlobKey control = BlobKey.of(key + "-a\u0001b");
    Await.result(blobs.upload(control, ByteBuffer.allocate(1), UploadOptions.of("a/b")));

    Page<BlobEntry> page = Await.result(blobs.list(key.value(), Optional.empty()));

    assertThat(page.next()).isEmpty();
    assertThat(page.items())
        .extracting(BlobEntry::key)
        .contains(control)
        .containsAll(keys)
        .hasSize(keys.size() + 1);
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#cursors")
  void aCursorOfNoListShouldBeRefused(String cursor) {
    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> blobs.list("prefix", Optional.of(Cursor.of(cursor))));
    assertThat(requests.operations()).isEmpty();
  }

  @Test
  void aCursorOfAnotherPrefixShouldBeRefused() {
    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> blobs.list("a/", Optional.of(Cursors.of("b/c"))));
  }

  @Test
  void aPrefixThatNoKeyHasShouldListNothing() {
    for (String prefix : List.of("x".repeat(1_025), "a" + Hostile.HALF_A_CHARACTER)) {
      assertThat(Await.result(blobs.list(prefix, Optional.empty())).items()).isEmpty();
    }
    assertThat(requests.operations()).isEmpty();
  }

  @Test
  void anAnswerWithoutFilesThatIsNotTheLastShouldBeFollowed() throws IOException {
    String empty =
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<NextContinuationToken>more</NextContinuationToken></ListBucketResult>";
    String last =
        "<ListBucketResult><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>"
            + "<Contents><Key>a%20b</Key><Size>7</Size>"
            + "<LastModified>2026-03-01T00:00:00.000Z</LastModified></Contents>"
            + "</ListBucketResult>";
    try (StubS3 s3 =
            new StubS3(
                exchange -> {
                  String query = exchange.getRequestURI().getQuery();
                  StubS3.Answer.of(query.contains("continuation-token=more") ? last : empty)
                      .give(exchange);
                });
        S3AsyncClient stubbed = S3ProxyEngine.clientBuilder(s3.endpoint()).build()) {
      BlobStore store = S3BlobStore.of(stubbed, S3ProxyEngine.presigner(), "files");

      Page<BlobEntry> page = Await.result(store.list("a", Optional.empty()));

      assertThat(page.items()).extracting(BlobEntry::key).containsExactly(BlobKey.of("a b"));
      assertThat(page.next()).contains(Cursors.of("a b"));
      Await.result(store.list("a", page.next()));
      assertThat(s3.requests().get(2)).contains("start-after=a%20b");
    }
  }
}
