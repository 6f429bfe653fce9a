package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.LocalSecrets;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Secret;
import dev.threadkeep.bootstrap.settings.Settings;

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
   * @throws dev.threadkeep.bootstrap.settings.SettingsException when one can neither be read nor
   *     made
   */
  public static Secrets of(Settings settings) {
    LocalSecrets kept = new LocalSecrets(settings.get(Options.DATA_DIR));
    return new Secrets(
        settings.get(Options.SERVICE_TOKEN).orElseGet(kept::serviceToken), authSecret(settings));
  }

  /** The one that people's tokens are signed with; the other one is not made on the way. */
  public static Secret authSecret(Settings settings) {
    LocalSecrets kept = new LocalSecrets(settings.get(Options.DATA_DIR));
    return settings.get(Options.AUTH_SECRET).orElseGet(kept::authSecret);
  }
}
