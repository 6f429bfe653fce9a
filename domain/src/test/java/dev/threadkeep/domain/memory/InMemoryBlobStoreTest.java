package dev.threadkeep.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.BlobStoreContract;
import dev.threadkeep.domain.port.BlobStore;
import java.net.URI;
import org.junit.jupiter.api.Test;

class InMemoryBlobStoreTest implements BlobStoreContract {
  private static final InMemoryBlobStore BLOBS =
      new InMemoryBlobStore(URI.create("https://files.example"));

  @Override
  public BlobStore blobs() {
    return BLOBS;
  }

  @Test
  void readUrlShouldBeTheBaseAndTheEncodedKey() {
    assertThat(Await.result(BLOBS.readUrl(BlobKey.of("ada/t 1/ä%2Fb"))))
        .isEqualTo(URI.create("https://files.example/ada/t%201/%C3%A4%252Fb?signed"));
  }
}
