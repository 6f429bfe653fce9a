package dev.threadkeep.bootstrap.wiring;

import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.local.FileUrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Addresses of files that this server serves itself. */
final class FileUrls {
  private FileUrls() {}

  /** What makes and checks them; the secret is that of people's tokens. */
  static FileUrlSigner signer(Settings settings, Clock clock) {
    return new FileUrlSigner(
        settings.get(Options.PUBLIC_URL).map(URI::toString).orElse(""),
        Secrets.authSecret(settings).value().getBytes(StandardCharsets.UTF_8),
        settings.get(Options.URL_EXPIRY),
        clock);
  }
}
