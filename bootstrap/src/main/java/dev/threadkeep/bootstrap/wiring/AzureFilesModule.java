package dev.threadkeep.bootstrap.wiring;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.azure.AzureBlobStore;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * The files in a container of Azure Blob Storage. Addresses are signed by the account's key, or by
 * a key that the platform's identity gets. With a SAS nothing can be signed, and it is nobody
 * else's business: then this server serves the files itself.
 */
final class AzureFilesModule extends AbstractModule {
  /** What a connection string with a SAS has in it. */
  private static final String SAS = "SharedAccessSignature=";

  @Provides
  @Singleton
  BlobServiceAsyncClient client(Settings settings) {
    return builder(settings).buildAsyncClient();
  }

  @Provides
  @Singleton
  Optional<BlobStore> files(BlobServiceAsyncClient client, Settings settings, Clock clock) {
    BlobContainerAsyncClient container =
        client.getBlobContainerAsyncClient(settings.get(Options.AZURE_CONTAINER).orElseThrow());
    AzureBlobStore.Builder store =
        AzureBlobStore.builder(container)
            .clock(clock)
            .urlLifetime(settings.get(Options.URL_EXPIRY));
    if (hasSas(settings)) {
      store.urls(FileUrls.signer(settings, clock)::sign);
    } else if (hasIdentity(settings)) {
      store.urlsByDelegation(client);
    }
    return Optional.of(store.build());
  }

  @Provides
  @Singleton
  Optional<FileAddresses> addresses(Settings settings, Clock clock) {
    return hasSas(settings)
        ? Optional.of(FileUrls.signer(settings, clock)::verify)
        : Optional.empty();
  }

  private static BlobServiceClientBuilder builder(Settings settings) {
    BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
    Optional<Secret> connection = settings.get(Options.AZURE_CONNECTION_STRING);
    if (connection.isPresent()) {
      return builder.connectionString(connection.get().value());
    }
    String account = settings.get(Options.AZURE_ACCOUNT).orElseThrow();
    builder.endpoint("https://" + account + ".blob.core.windows.net");
    return settings
        .get(Options.AZURE_KEY)
        .map(key -> builder.credential(new StorageSharedKeyCredential(account, key.value())))
        .orElseGet(() -> builder.credential(new DefaultAzureCredentialBuilder().build()));
  }

  /** Whether it opens the container without a key that could sign. */
  static boolean hasSas(Settings settings) {
    return settings
        .get(Options.AZURE_CONNECTION_STRING)
        .filter(connection -> connection.value().contains(SAS))
        .isPresent();
  }

  private static boolean hasIdentity(Settings settings) {
    return settings.get(Options.AZURE_CONNECTION_STRING).isEmpty()
        && settings.get(Options.AZURE_KEY).isEmpty();
  }
}
