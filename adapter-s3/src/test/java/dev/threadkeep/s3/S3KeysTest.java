package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys S3 keeps, and where their addresses lead. */
class S3KeysTest extends S3StoreTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x", "//x", "x//y", "x/", "x//", "x.", "x..", "..\n", "...", "x/...", ".x", "x/.y", "x?",
        "x#y", "x%2Fy", "x%2fy", "x+y", "x y ", "x\\y", "x\n", "x\u007f", "é", "e\u0301", "😀",
        "x&amp;y", "{Key+}", "~", "\ufffd", "\uffff"
      })
  void aKeyShouldBeKeptAsItIs(String end) {
    BlobKey strange = BlobKey.of(key.value() + "/" + end);
    byte[] content = end.getBytes(StandardCharsets.UTF_8);

    Await.result(blobs.upload(strange, ByteBuffer.wrap(content), UploadOptions.of("a/b")));

    assertThat(read(strange)).isEqualTo(content);
    Await.result(blobs.delete(strange));
    assertThat(Await.result(blobs.find(strange))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "./x", "../x", "x/.", "x/..", "x/./y", "x/../y", "/../x"})
  void aKeyWithAStepInItsPathShouldBeRefusedByEverything(String bad) {
    BlobKey step = BlobKey.of(bad);
    ByteBuffer content = ByteBuffer.allocate(1);

    Await.refused(
        ErrorCode.INVALID,
        "object key: has a step . or .. in its path",
        () -> blobs.upload(step, content, UploadOptions.of("a/b")));
    Await.refused(ErrorCode.INVALID, "object key: ", () -> blobs.find(step));
    Await.refused(ErrorCode.INVALID, "object key: ", () -> blobs.read(step, ByteRange.ALL));
    Await.refused(ErrorCode.INVALID, "object key: ", () -> blobs.delete(step));
    assertThat(requests.operations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "x//y", "x/", "x y+z%2F?#&"})
  void anAddressShouldLeadToItsKeyAlone(String end) {
    String path = Await.result(blobs.readUrl(BlobKey.of(end))).getRawPath();

    assertThat(URI.create("http://s3" + path).getPath()).isEqualTo("/" + BUCKET + "/" + end);
  }

  @Test
  void anAddressShouldBeGoodForAnHourOrWhatIsWanted() {
    assertThat(Await.result(blobs.readUrl(key)).getQuery()).contains("X-Amz-Expires=3600&");
    assertThat(Await.result(store(Duration.ofDays(7)).readUrl(key)).getQuery())
        .contains("X-Amz-Expires=604800&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.9S", "PT-1H", "P7DT1S"})
  void aLifetimeThatS3DoesNotSignShouldBeRefused(String lifetime) {
    assertThatThrownBy(() -> store(Duration.parse(lifetime)))
        .isInstanceOfSatisfying(
            DataLayerException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageStartingWith("lifetime: must be from a second to seven days, is ");
  }

  private S3BlobStore store(Duration lifetime) {
    return S3BlobStore.of(client, S3ProxyEngine.presigner(), BUCKET, lifetime);
  }
}
