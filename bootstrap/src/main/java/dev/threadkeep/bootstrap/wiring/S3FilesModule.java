package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.TypeLiteral;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import dev.threadkeep.s3.S3BlobStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The files in a bucket of S3, which serves them itself. */
final class S3FilesModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(new TypeLiteral<Optional<FileAddresses>>() {}).toInstance(Optional.empty());
  }

  @Provides
  @Singleton
  S3AsyncClient client(Settings settings, Resources resources) {
    return resources.add(AwsClients.s3(settings));
  }

  @Provides
  @Singleton
  S3Presigner presigner(Settings settings, Resources resources) {
    return resources.add(AwsClients.presigner(settings));
  }

  @Provides
  @Singleton
  Optional<BlobStore> files(S3AsyncClient client, S3Presigner presigner, Settings settings) {
    return Optional.of(
        S3BlobStore.of(
            client,
            presigner,
            settings.get(Options.S3_BUCKET).orElseThrow(),
            settings.get(Options.URL_EXPIRY)));
  }
}
