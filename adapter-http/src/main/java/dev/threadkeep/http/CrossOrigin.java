package dev.threadkeep.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site makes a browser send with the cookie of this one. Browsers say where a
 * request comes from; what says nothing is no browser.
 */
final class CrossOrigin {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Optional<String> publicAuthority;

  CrossOrigin(HttpConfig config) {
    publicAuthority = config.publicUrl().map(CrossOrigin::authority);
  }

  /**
   * Checks where the request comes from.
   *
   * @throws RefusedException when it comes from another origin
   */
  void check(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean own =
        site != null ? OWN_SITES.contains(site) : origin == null || isOwn(origin, request);
    if (!own) {
      throw new RefusedException(
          Code.CROSS_ORIGIN, "another site may not do this with your cookie");
    }
  }

  /** A proxy may have rewritten the host, so the configured address counts as well. */
  private boolean isOwn(String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (hasAuthority(origin, host)) {
      return true;
    }
    try {
      URI from = new URI(origin);
      if (from.getHost() == null) {
        return false;
      }
      String authority = authority(from);
      return Optional.of(authority).equals(publicAuthority)
          || authority.equals(authority(new URI(from.getScheme() + "://" + host)));
    } catch (URISyntaxException notAnOrigin) {
      return false;
    }
  }

  /** To the letter, for there are hosts that {@link URI} takes for none: {@code chat_server}. */
  private static boolean hasAuthority(String origin, @Nullable String authority) {
    int scheme = origin.indexOf("://");
    return scheme > 0 && origin.substring(scheme + "://".length()).equalsIgnoreCase(authority);
  }

  /**
   * Host and port, the port of the scheme included, so that it does not matter who leaves it out.
   */
  private static String authority(URI address) {
    int standard = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    int port = address.getPort() == -1 ? standard : address.getPort();
    return (address.getHost() + ":" + port).toLowerCase(Locale.ROOT);
  }
}
