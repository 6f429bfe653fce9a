package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.local.FileUrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;

/** Addresses of files that this server serves itself. */
public final class FileUrls {
  private static final int RANDOM_BYTES = 32;

  private FileUrls() {}

  /**
   * To be called by who gives addresses to others.
   *
   * @throws dev.threadkeep.bootstrap.settings.SettingsException when the secret that signs them is
   *     not there
   */
  public static void check(Settings settings) {
    if (areSignedHere(settings) && !settings.isLocal()) {
      settings.need(Options.AUTH_SECRET, "to sign addresses of files");
    }
  }

  /**
   * What makes and checks them; the secret is that of people's tokens. A command that gives none to
   * anybody works without it: what it signs, nobody accepts.
   */
  static FileUrlSigner signer(Settings settings, Clock clock) {
    return new FileUrlSigner(
        settings.get(Options.PUBLIC_URL).map(URI::toString).orElse(""),
        secret(settings),
        settings.get(Options.URL_EXPIRY),
        clock);
  }

  private static byte[] secret(Settings settings) {
    if (settings.isLocal() || settings.get(Options.AUTH_SECRET).isPresent()) {
      return Secrets.authSecret(settings).value().getBytes(StandardCharsets.UTF_8);
    }
    byte[] unknown = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(unknown);
    return unknown;
  }

  private static boolean areSignedHere(Settings settings) {
    return switch (settings.get(Options.FILES)) {
      case LOCAL -> true;
      case AZURE -> AzureFilesModule.hasSas(settings);
      case S3, NONE -> false;
    };
  }
}
