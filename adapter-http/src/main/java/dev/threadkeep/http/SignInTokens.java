package dev.threadkeep.http;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens that people sign in with: JWT, HS256, with the claims of Chainlit, so that one sign-in
 * serves both servers. The secret may have any length, as it may there; nimbus's own signer and
 * verifier refuse one under 32 bytes, so the code is computed here.
 */
public final class SignInTokens {
  private static final String MAC = "HmacSHA256";

  /** A second some 30,000 years from now; times beyond are no times. */
  private static final BigDecimal LATEST = BigDecimal.valueOf(1_000_000_000_000L);

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param secret {@code CHAINLIT_AUTH_SECRET}, not empty
   */
  public SignInTokens(String secret, Clock clock) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC);
    this.clock = clock;
  }

  /** A token with which the person is signed in for so long. */
  public String issue(UserId user, Duration validity) {
    Instant now = clock.instant();
    JsonObject claims =
        JsonObject.of("identifier", JsonValue.of(user.value()))
            .with("display_name", JsonValue.Null.NULL)
            .with("metadata", JsonObject.empty())
            .with("exp", JsonValue.of(now.plus(validity).getEpochSecond()))
            .with("iat", JsonValue.of(now.getEpochSecond()));
    return sign(new JWSHeader(JWSAlgorithm.HS256), claims);
  }

  String sign(JWSHeader header, JsonObject claims) {
    JWSObject unsigned = new JWSObject(header, new Payload(JsonText.write(claims)));
    Base64URL signature = Base64URL.encode(mac(unsigned.getSigningInput()));
    return new String(unsigned.getSigningInput(), StandardCharsets.US_ASCII) + '.' + signature;
  }

  /**
   * What the token says.
   *
   * @throws RefusedException when it is not signed with the secret, has expired, or is not of the
   *     form that Chainlit gives it
   */
  SignedIn verify(String token) {
    return read(token, signedClaims(token).orElseThrow(SignInTokens::notValid));
  }

  private Optional<JsonObject> signedClaims(String token) {
    try {
      JWSObject jws = JWSObject.parse(token);
      boolean understood =
          JWSAlgorithm.HS256.equals(jws.getHeader().getAlgorithm())
              && jws.getHeader().getCriticalParams() == null;
      byte[] expected = mac(jws.getSigningInput());
      return understood
              && MessageDigest.isEqual(expected, jws.getSignature().decode())
              && JsonText.parse(jws.getPayload().toBytes()) instanceof JsonObject claims
          ? Optional.of(claims)
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException | DataLayerException notSuchAToken) {
      return Optional.empty();
    }
  }

  private SignedIn read(String token, JsonObject claims) {
    Instant expires = time(claims, "exp").orElseThrow(SignInTokens::notValid);
    Instant now = clock.instant();
    if (!expires.isAfter(now)) {
      throw refused("the sign-in has expired: sign in again");
    }
    boolean notYet = time(claims, "nbf").filter(from -> from.isAfter(now)).isPresent();
    if (notYet || claims.get("aud").isPresent()) {
      throw notValid();
    }
    return new SignedIn(
        token,
        text(claims, "identifier")
            .filter(name -> !name.isEmpty())
            .map(UserId::of)
            .orElseThrow(SignInTokens::notValid),
        text(claims, "display_name"),
        claims.get("metadata").orElse(JsonObject.empty()) instanceof JsonObject metadata
            ? metadata
            : JsonObject.empty(),
        expires);
  }

  private byte[] mac(byte[] input) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static Optional<Instant> time(JsonObject claims, String name) {
    return claims.get(name).map(SignInTokens::time);
  }

  private static Instant time(JsonValue claim) {
    if (claim instanceof JsonValue.Num seconds && seconds.value().abs().compareTo(LATEST) < 0) {
      return Instant.ofEpochSecond(seconds.value().longValue());
    }
    throw notValid();
  }

  private static Optional<String> text(JsonObject claims, String name) {
    return claims
        .get(name)
        .filter(JsonValue.Text.class::isInstance)
        .map(text -> ((JsonValue.Text) text).value());
  }

  private static RefusedException notValid() {
    return refused("the sign-in is not valid: sign in again");
  }

  private static RefusedException refused(String detail) {
    return new RefusedException(
        new Problem(
            Code.UNAUTHENTICATED.status(),
            Code.UNAUTHENTICATED.name(),
            detail,
            List.of(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""))));
  }
}
