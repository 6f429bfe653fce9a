package dev.threadkeep.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.immutables.value.Value;

/** How the server listens, whom it knows, and what it bounds. */
@Value.Immutable
@HttpStyle
public interface HttpConfig {
  /** Where the browser sends the cookie along. */
  enum SameSite {
    LAX,
    STRICT,
    /** To every site; only over https. */
    NONE;

    /** As a cookie says it: {@code lax}. */
    String attribute() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The address to listen on. */
  @Value.Default
  default String host() {
    return "127.0.0.1";
  }

  /** The port to listen on; 0 is any free one. */
  @Value.Default
  default int port() {
    return 8080;
  }

  /** The secret that people's tokens are signed with, {@code CHAINLIT_AUTH_SECRET}. Not empty. */
  @Value.Redacted
  String authSecret();

  /** The token of chat backends; without one there are none. Not empty. */
  @Value.Redacted
  Optional<String> serviceToken();

  /** The cookie that holds a person's token. */
  @Value.Default
  default String cookieName() {
    return "access_token";
  }

  @Value.Default
  default SameSite cookieSameSite() {
    return SameSite.LAX;
  }

  /** The address that browsers use, where a proxy stands before the server. */
  Optional<URI> publicUrl();

  /** The largest JSON body, in bytes. */
  @Value.Default
  default long maxBodyBytes() {
    return 32L * 1024 * 1024;
  }

  /** The largest file, in bytes. */
  @Value.Default
  default long maxUploadBytes() {
    return 5L * 1024 * 1024 * 1024;
  }

  /**
   * How long the body of a request may take to arrive, and then how long it may take until the
   * answer begins. A file may take longer, but neither its sender nor the store may pause for so
   * long.
   */
  @Value.Default
  default Duration requestTimeout() {
    return Duration.ofSeconds(60);
  }

  /** How long {@link ThreadkeepServer#close} waits for what is under way. */
  @Value.Default
  default Duration stopTimeout() {
    return Duration.ofSeconds(30);
  }

  @Value.Check
  default void check() {
    require(!authSecret().isEmpty(), "the secret for people's tokens must not be empty");
    require(
        serviceToken().filter(String::isEmpty).isEmpty(), "the service token must not be empty");
    require(
        cookieName().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"), "the cookie's name must be a token");
    require(maxBodyBytes() > 0, "the largest body must be positive");
    require(maxUploadBytes() > 0, "the largest file must be positive");
    require(!requestTimeout().isNegative() && !requestTimeout().isZero(), "no time for a request");
    require(
        publicUrl().filter(url -> !isWeb(url)).isEmpty(),
        "the public address must be an http or https URL with a host");
  }

  private static boolean isWeb(URI url) {
    return url.getHost() != null
        && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  static Builder builder() {
    return new Builder();
  }

  /** Collects the settings of a {@link HttpConfig}. */
  final class Builder extends ImmutableHttpConfig.Builder {}
}
