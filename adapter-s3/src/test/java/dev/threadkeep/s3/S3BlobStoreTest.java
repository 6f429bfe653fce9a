package dev.threadkeep.s3;

import dev.threadkeep.domain.contract.BlobStoreContract;
import dev.threadkeep.domain.contract.SignedUrlContract;
import dev.threadkeep.domain.port.BlobStore;
import java.time.Duration;

class S3BlobStoreTest implements BlobStoreContract, SignedUrlContract {
  private static final String BUCKET = S3ProxyEngine.createBucket();

  private static final BlobStore BLOBS =
      S3BlobStore.of(S3ProxyEngine.client(), S3ProxyEngine.presigner(), BUCKET);

  @Override
  public BlobStore blobs() {
    return BLOBS;
  }

  @Override
  public BlobStore shortLived() {
    return S3BlobStore.of(
        S3ProxyEngine.client(), S3ProxyEngine.presigner(), BUCKET, Duration.ofSeconds(1));
  }
}
