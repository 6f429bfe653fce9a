package dev.threadkeep.azure;

import com.azure.storage.blob.BlobContainerAsyncClient;
import dev.threadkeep.domain.contract.BlobStoreContract;
import dev.threadkeep.domain.contract.SignedUrlContract;
import dev.threadkeep.domain.port.BlobStore;
import java.time.Duration;

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
}
