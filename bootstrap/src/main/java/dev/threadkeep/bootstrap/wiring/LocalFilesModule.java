package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** The files in a folder of this machine. */
final class LocalFilesModule extends AbstractModule {
  @Provides
  @Singleton
  FileUrlSigner urls(Settings settings, Clock clock) {
    return FileUrls.signer(settings, clock);
  }

  @Provides
  @Singleton
  Optional<BlobStore> files(
      Settings settings, FileUrlSigner urls, Clock clock, Resources resources) {
    return Optional.of(
        resources.add(LocalBlobStore.open(settings.get(Options.DATA_DIR), urls, clock)));
  }

  @Provides
  @Singleton
  Optional<FileAddresses> addresses(FileUrlSigner urls) {
    return Optional.of(urls::verify);
  }
}
