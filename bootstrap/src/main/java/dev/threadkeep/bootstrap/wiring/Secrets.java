package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.LocalSecrets;
import dev.threadkeep.bootstrap.settings.Option;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;
import java.util.Optional;
import java.util.function.Function;

/**
 * The two secrets that the server works with: as configured, or in local mode made and kept.
 *
 * @param serviceToken what chat back ends call with
 * @param authSecret what people's tokens are signed with
 */
public record Secrets(Secret serviceToken, Secret authSecret) {
  /**
   * The secrets that the settings name, or that are kept.
   *
   * @throws dev.threadkeep.bootstrap.settings.SettingsException when one is not there, and can
   *     neither be read nor made
   */
  public static Secrets of(Settings settings) {
    return new Secrets(
        secret(settings, Options.SERVICE_TOKEN, LocalSecrets::serviceToken), authSecret(settings));
  }

  /** The one that people's tokens are signed with; the other one is not made on the way. */
  public static Secret authSecret(Settings settings) {
    return secret(settings, Options.AUTH_SECRET, LocalSecrets::authSecret);
  }

  /** Servers of one table have the same secrets, so that no process makes one for itself. */
  private static Secret secret(
      Settings settings, Option<Optional<Secret>> option, Function<LocalSecrets, Secret> kept) {
    return settings.isLocal()
        ? settings
            .get(option)
            .orElseGet(() -> kept.apply(new LocalSecrets(settings.get(Options.DATA_DIR))))
        : settings.need(option, "with " + Options.STORE.name() + "=dynamodb");
  }
}
