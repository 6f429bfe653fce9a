package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import dev.threadkeep.http.Login.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells who is calling. The cookie counts before the {@code Authorization} header, as in Chainlit:
 * a request with both is the cookie's.
 */
final class Authentication {
  private static final String BEARER = "bearer ";

  private final AuthCookies cookies;
  private final SignInTokens tokens;
  private final Optional<byte[]> serviceToken;

  Authentication(HttpConfig config, AuthCookies cookies, SignInTokens tokens) {
    this.cookies = cookies;
    this.tokens = tokens;
    this.serviceToken = config.serviceToken().map(it -> it.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Who is calling.
   *
   * @throws RefusedException when nobody says so, or what they say is not valid
   */
  Login login(HttpServletRequest request) {
    Optional<String> cookie = cookies.token(request);
    if (cookie.isPresent()) {
      return person(cookie.get(), Source.COOKIE);
    }
    String bearer =
        bearer(request)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Code.UNAUTHENTICATED, "sign in first, or send a bearer token"));
    return isServiceToken(bearer)
        ? new Login(Caller.service(), Optional.empty(), Source.BEARER)
        : person(bearer, Source.BEARER);
  }

  /** The token of the {@code Authorization} header, if it is of the kind {@code Bearer}. */
  static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(it -> it.substring(BEARER.length()).strip());
  }

  private Login person(String token, Source source) {
    SignedIn signedIn = tokens.verify(token);
    return new Login(Caller.person(signedIn.user()), Optional.of(signedIn), source);
  }

  private boolean isServiceToken(String bearer) {
    byte[] given = bearer.getBytes(StandardCharsets.UTF_8);
    return serviceToken.filter(token -> MessageDigest.isEqual(token, given)).isPresent();
  }
}
