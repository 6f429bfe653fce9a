package dev.threadkeep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.contract.TestClock;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileUrlSignerTest {
  private static final BlobKey KEY = BlobKey.of("ada/t 1/ä%2Fb");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock(); // 2026-05-17T10:00:00.123456Z
  private final FileUrlSigner signer = signer("secret");

  /** The parts of an address, as a server takes them. */
  private record Parts(BlobKey key, String expires, String signature) {
    static Parts of(URI url) {
      String path = url.getRawPath();
      List<String> query = List.of(url.getRawQuery().split("[=&]"));
      String key = path.substring(path.lastIndexOf('/') + 1);
      return new Parts(BlobKey.of(URLDecoder.decode(key, UTF_8)), query.get(1), query.get(3));
    }
  }

  @Test
  void signShouldMakeAnAddressThatHoldsForItsLifetime() {
    URI url = signer.sign(KEY);

    assertThat(url.toString())
        .matches(
            "https://chat\\.example/files/ada%2Ft%201%2F%C3%A4%252Fb"
                + "\\?expires=1779015600&signature=[A-Za-z0-9_-]{43}");
    Parts parts = Parts.of(url);
    assertThat(parts.key()).isEqualTo(KEY);
    assertThat(verify(parts)).isTrue();
    clock.advance(HOUR.minusSeconds(1));
    assertThat(verify(parts)).isTrue();
    clock.tick();
    assertThat(verify(parts)).isFalse();
  }

  @Test
  void whatWasChangedShouldNotHold() {
    Parts parts = Parts.of(signer.sign(KEY));
    String later = parts.expires() + "0";
    String other = Parts.of(signer.sign(BlobKey.of("other"))).signature();

    assertThat(signer.verify(BlobKey.of("other"), parts.expires(), parts.signature())).isFalse();
    assertThat(signer.verify(KEY, later, parts.signature())).isFalse();
    assertThat(signer.verify(KEY, parts.expires(), other)).isFalse();
    assertThat(signer.verify(KEY, parts.expires(), "")).isFalse();
    assertThat(signer.verify(KEY, parts.expires(), "😀")).isFalse();
    assertThat(signer.verify(KEY, "", parts.signature())).isFalse();
    assertThat(signer.verify(KEY, "soon", parts.signature())).isFalse();
    assertThat(signer("another secret").verify(KEY, parts.expires(), parts.signature())).isFalse();
  }

  @Test
  void aPieceOfTheKeyShouldNotPassForATime() {
    Parts parts = Parts.of(signer.sign(BlobKey.of("a\nb")));

    assertThat(signer.verify(BlobKey.of("b"), parts.expires() + "\na", parts.signature()))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.threadkeep.domain.contract.Hostile#ids")
  void anyKeyShouldComeBackFromItsAddress(String id) {
    BlobKey key = BlobKey.of("ada/" + id);
    Parts parts = Parts.of(signer.sign(key));

    assertThat(parts.key()).isEqualTo(key);
    assertThat(verify(parts)).isTrue();
  }

  @Test
  void withoutAPublicUrlAddressesShouldBeRelativeToTheServer() {
    FileUrlSigner relative = new FileUrlSigner("", "secret".getBytes(UTF_8), HOUR, clock);

    assertThat(relative.sign(KEY).toString()).startsWith("/files/ada%2F");
  }

  private boolean verify(Parts parts) {
    return signer.verify(parts.key(), parts.expires(), parts.signature());
  }

  private FileUrlSigner signer(String secret) {
    return new FileUrlSigner("https://chat.example/", secret.getBytes(UTF_8), HOUR, clock);
  }
}
