package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.local.LocalDataStore;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The data in a folder of this machine. */
final class LocalStoreModule extends AbstractModule {
  @Provides
  @Singleton
  DataStore store(Settings settings, Clock clock, Resources resources) {
    return resources.add(LocalDataStore.open(settings.get(Options.DATA_DIR), clock));
  }
}
