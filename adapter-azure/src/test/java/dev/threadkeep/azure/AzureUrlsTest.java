package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.storage.blob.BlobContainerAsyncClient;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The addresses that need no engine. */
class AzureUrlsTest {
  private static final BlobKey KEY = BlobKey.of("ada/t/e 1");
  private static final String REAL =
      "DefaultEndpointsProtocol=https;AccountName=chat;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

  private final Wire wire = new Wire();

  @Test
  void anAddressShouldAllowToReadOneFileOverHttpsUntilItEnds() {
    BlobStore store =
        AzureBlobStore.builder(wire.container(REAL, "files"))
            .clock(new TestClock())
            .urlLifetime(Duration.ofMinutes(5))
            .build();

    String url = Await.result(store.readUrl(KEY)).toString();

    assertThat(url)
        .startsWith("https://chat.blob.core.windows.net/files/ada%2Ft%2Fe%201?")
        .contains("&spr=https&", "&se=2026-05-17T10%3A05%3A00Z&", "&sr=b&", "&sp=r&", "&sig=")
        .doesNotContain("&st=");
    assertThat(wire.requests()).isEmpty();
  }

  @Test
  void addressesShouldLiveForAnHourIfNotSaidOtherwise() {
    BlobStore store =
        AzureBlobStore.builder(wire.container(REAL, "files")).clock(new TestClock()).build();

    assertThat(Await.result(store.readUrl(KEY)).toString())
        .contains("&se=2026-05-17T11%3A00%3A00Z&");
  }

  @Test
  void overHttpBothShouldBeAllowed() {
    BlobStore store = AzureBlobStore.of(wire.container(REAL.replace("=https;", "=http;"), "files"));

    assertThat(Await.result(store.readUrl(KEY)).toString())
        .startsWith("http://chat.")
        .contains("&spr=https%2Chttp&");
  }

  @Test
  void aClientWithASasShouldNeedAnotherMakerOfAddresses() {
    BlobContainerAsyncClient client =
        wire.container(
            URI.create("https://chat.blob.core.windows.net?sv=2024-11-04&sp=rwdl&sig=secret"),
            "files");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureBlobStore.of(client))
        .withMessageStartingWith("the client of container files has no account key")
        .withMessageNotContaining("secret");

    BlobStore store =
        AzureBlobStore.builder(client)
            .urls(key -> URI.create("https://chat.example/files/" + key.value().replace(" ", "+")))
            .build();
    assertThat(Await.result(store.readUrl(KEY)))
        .isEqualTo(URI.create("https://chat.example/files/ada/t/e+1"));
  }

  @Test
  void anErrorOfTheMakerShouldFailTheStage() {
    DataLayerException unwilling =
        new DataLayerException(ErrorCode.UNAVAILABLE, "no address today");
    BlobStore store =
        AzureBlobStore.builder(wire.container(REAL, "files"))
            .urls(
                key -> {
                  throw unwilling;
                })
            .build();

    assertThat(Await.failure(() -> store.readUrl(KEY))).isSameAs(unwilling);
  }

  @Test
  void aKeyThatCannotBeShouldHaveNoAddress() {
    BlobStore store = AzureBlobStore.of(wire.container(REAL, "files"));

    Await.refused(
        ErrorCode.INVALID,
        "object key: has control characters",
        () -> store.readUrl(BlobKey.of("a\nb")));
    Await.refused(
        ErrorCode.INVALID, "object key: ", () -> store.readUrl(BlobKey.of("half \ud83d")));
    Await.refused(
        ErrorCode.TOO_LARGE,
        "object key: 1,025 bytes, at most 1,024",
        () -> store.readUrl(BlobKey.of("x".repeat(1_025))));
  }

  @Test
  void aLifetimeThatIsNoneShouldBeRefused() {
    for (Duration lifetime : new Duration[] {Duration.ZERO, Duration.ofMillis(999)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  AzureBlobStore.builder(wire.container(REAL, "files"))
                      .urlLifetime(lifetime)
                      .build());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AzureBlobStore.builder(wire.container(REAL, "files"))
                    .urlsByDelegation(Azurite.client())
                    .urlLifetime(Duration.ofDays(7))
                    .build());
  }
}
