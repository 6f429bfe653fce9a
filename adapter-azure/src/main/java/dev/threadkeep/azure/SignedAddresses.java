package dev.threadkeep.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.policy.StorageSharedKeyCredentialPolicy;
import com.azure.storage.common.sas.SasProtocol;
import dev.threadkeep.domain.BlobKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/**
 * Addresses of blobs with a shared access signature that allows to read one blob. It says when it
 * ends and not when it begins: clocks differ.
 */
final class SignedAddresses {
  private final BlobContainerAsyncClient container;
  private final Duration lifetime;
  private final Clock clock;

  SignedAddresses(BlobContainerAsyncClient container, Duration lifetime, Clock clock) {
    this.container = container;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /**
   * Signed with the key of the account.
   *
   * @throws IllegalArgumentException when the client does not have it
   */
  Addresses byAccountKey() {
    if (!hasAccountKey()) {
      throw new IllegalArgumentException(
          "the client of container "
              + container.getBlobContainerName()
              + " has no account key to sign addresses with: build it with one, or say how"
              + " addresses are made, by delegation or by urls of your own");
    }
    return key -> {
      BlobAsyncClient blob = client(key);
      return Mono.just(address(blob, blob.generateSas(values())));
    };
  }

  /** Signed with a key that the service gives for some time. */
  Addresses byDelegation(BlobServiceAsyncClient service) {
    DelegationKey keys =
        new DelegationKey(service, container.getBlobContainerName(), lifetime, clock);
    return key ->
        keys.get()
            .map(
                delegation -> {
                  BlobAsyncClient blob = client(key);
                  return address(
                      blob,
                      blob.generateUserDelegationSas(
                          values(), delegation, container.getAccountName(), Context.NONE));
                });
  }

  private boolean hasAccountKey() {
    HttpPipeline pipeline = container.getHttpPipeline();
    return IntStream.range(0, pipeline.getPolicyCount())
        .mapToObj(pipeline::getPolicy)
        .anyMatch(StorageSharedKeyCredentialPolicy.class::isInstance);
  }

  private BlobServiceSasSignatureValues values() {
    return new BlobServiceSasSignatureValues(
            clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC),
            new BlobSasPermission().setReadPermission(true))
        .setProtocol(
            container.getBlobContainerUrl().startsWith("https:")
                ? SasProtocol.HTTPS_ONLY
                : SasProtocol.HTTPS_HTTP);
  }

  private BlobAsyncClient client(BlobKey key) {
    return container.getBlobAsyncClient(BlobNames.of(key));
  }

  private static URI address(BlobAsyncClient blob, String signature) {
    return URI.create(blob.getBlobUrl() + '?' + signature);
  }
}
