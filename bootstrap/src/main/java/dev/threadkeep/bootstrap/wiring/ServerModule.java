package dev.threadkeep.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.threadkeep.application.ChatServices;
import dev.threadkeep.application.Retention;
import dev.threadkeep.application.Sweep;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.DataStore;
import dev.threadkeep.http.HttpConfig;
import dev.threadkeep.http.HttpConfig.SameSite;
import dev.threadkeep.http.ThreadkeepServer;
import dev.threadkeep.http.ThreadkeepServer.FileAddresses;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The use cases over the stores, and the HTTP front end. */
final class ServerModule extends AbstractModule {
  /** Whether there is such a user does not matter: that the store answers does. */
  private static final UserId PROBE = UserId.of("threadkeep-readiness");

  @Provides
  @Singleton
  Secrets secrets(Settings settings) {
    return Secrets.of(settings);
  }

  @Provides
  @Singleton
  ChatServices services(Stores stores, Clock clock, Settings settings, Retention retention) {
    return new ChatServices(
        stores.data(),
        stores.files(),
        stores.keys(),
        clock,
        settings.get(Options.ACTIVITY_INTERVAL),
        retention);
  }

  /** Made with the server, after the stores: so it ends before they are closed. */
  @Provides
  @Singleton
  Sweeper sweeper(
      Stores stores, Clock clock, Settings settings, Retention retention, Resources resources) {
    Sweeper sweeper =
        resources.add(
            new Sweeper(stopped -> new Sweep(stores.data(), stores.files(), clock, stopped)));
    Duration interval = settings.get(Options.SWEEP_INTERVAL);
    if (retention.threadsExpire() && !interval.isZero()) {
      sweeper.start(interval);
    }
    return sweeper;
  }

  @Provides
  @Singleton
  HttpConfig config(Secrets secrets, Settings settings) {
    return HttpConfig.builder()
        .host(settings.get(Options.HOST))
        .port(settings.get(Options.PORT))
        .authSecret(secrets.authSecret().value())
        .serviceToken(secrets.serviceToken().value())
        .cookieName(settings.get(Options.COOKIE_NAME))
        .cookieSameSite(SameSite.valueOf(settings.get(Options.COOKIE_SAMESITE).name()))
        .publicUrl(settings.get(Options.PUBLIC_URL))
        .maxBodyBytes(settings.get(Options.MAX_BODY))
        .maxUploadBytes(settings.get(Options.MAX_UPLOAD))
        .requestTimeout(settings.get(Options.REQUEST_TIMEOUT))
        .build();
  }

  @Provides
  @Singleton
  ThreadkeepServer server(
      HttpConfig config,
      ChatServices services,
      Optional<FileAddresses> files,
      DataStore store,
      Clock clock,
      Resources resources) {
    return resources.add(
        new ThreadkeepServer(
            config,
            services,
            files,
            () -> store.users().find(PROBE),
            clock,
            () -> UUID.randomUUID().toString()));
  }
}
