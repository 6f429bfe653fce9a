package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import java.util.Optional;

/** No files: elements keep the address that is stored with them. */
final class NoFilesModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(new TypeLiteral<Optional<BlobStore>>() {}).toInstance(Optional.empty());
    bind(new TypeLiteral<Optional<FileAddresses>>() {}).toInstance(Optional.empty());
  }
}
