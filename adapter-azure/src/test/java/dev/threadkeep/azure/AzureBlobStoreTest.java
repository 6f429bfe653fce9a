package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerAsyncClient;
import dev.threadkeep.domain.contract.BlobStoreContract;
import dev.threadkeep.domain.contract.SignedUrlContract;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URISyntaxException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AzureBlobStoreTest implements BlobStoreContract, SignedUrlContract {
  private static final BlobContainerAsyncClient CONTAINER =
      Azurite.container(Azurite.createContainer());

  private final BlobStore store = AzureBlobStore.of(CONTAINER);

  @Override
  public BlobStore blobs() {
    return store;
  }

  @Override
  public BlobStore shortLived() {
    return AzureBlobStore.builder(CONTAINER).urlLifetime(Duration.ofSeconds(1)).build();
  }

  /**
   * The contract cuts an address six characters before its end. Here the signature is there, and
   * the cut may go through an escape in it, so that no address is left to be tried: then another
   * signature is taken. Nothing that a store answers is passed over.
   */
  @Test
  @Override
  public void aSignedUrlThatWasTamperedWithShouldBeForbidden() throws Exception {
    for (int cuts = 0; cuts < 10; cuts++) {
      try {
        SignedUrlContract.super.aSignedUrlThatWasTamperedWithShouldBeForbidden();
        return;
      } catch (IllegalArgumentException cutThroughAnEscape) {
        assertThat(cutThroughAnEscape).hasCauseInstanceOf(URISyntaxException.class);
      }
    }
    throw new AssertionError("each of ten signatures had an escape at the same place");
  }
}
