package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.application.Retention;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.domain.port.DataStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** What every command that opens the stores needs, beside the modules that give them. */
final class StoresModule extends AbstractModule {
  private final Settings settings;
  private final Resources resources;

  StoresModule(Settings settings, Resources resources) {
    this.settings = settings;
    this.resources = resources;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    bind(Settings.class).toInstance(settings);
    bind(Resources.class).toInstance(resources);
    bind(Clock.class).toInstance(Clock.systemUTC());
    bind(BlobKeys.class).toInstance(new BlobKeys(settings.get(Options.FILES_PREFIX).orElse("")));
  }

  @Provides
  @Singleton
  Retention retention() {
    return settings
        .get(Options.RETENTION)
        .map(life -> life.ofNewThreads().map(Retention::of).orElse(Retention.ofThreadsThatSaySo()))
        .orElse(Retention.none());
  }

  @Provides
  @Singleton
  Stores stores(DataStore data, Optional<BlobStore> files, BlobKeys keys) {
    return new Stores(data, files, keys);
  }
}
