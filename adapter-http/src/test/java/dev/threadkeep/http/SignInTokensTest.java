package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.TestClock;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTokensTest {
  /** Made by Chainlit's own library, PyJWT, with the secret of these tests; ends in 2100. */
  private static final String OF_CHAINLIT =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpZGVudGlmaWVyIjoiYWRhIiwiZGlzcGxheV9uYW1lIjoiQWRhIEwuIiwibWV0YWRhdGEiOnsicm9sZSI6ImFkbWluIiwibiI6MTIzNDU2Nzg5MDEyMzQ1Njc4OTB9LCJleHAiOjQxMDI0NDQ4MDAsImlhdCI6MTcwMDAwMDAwMH0.a2UdkmRF-S_GzA4ogcgVyLBZME2S7ltZMdSpiu5yfYY";

  /** The same with the secret {@code short}. */
  private static final String OF_SHORT_SECRET =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpZGVudGlmaWVyIjoiYWRhIiwiZGlzcGxheV9uYW1lIjpudWxsLCJtZXRhZGF0YSI6e30sImV4cCI6NDEwMjQ0NDgwMCwiaWF0IjoxNzAwMDAwMDAwfQ.vGMg63kQq9Z3w_Gnwe0ddEgUUFmtayzDuhEneQEd244";

  private final TestClock clock = new TestClock();
  private final SignInTokens tokens = new SignInTokens(TestServer.SECRET, clock);

  @Test
  void verifyShouldReadWhatChainlitIssued() {
    SignedIn signedIn = tokens.verify(OF_CHAINLIT);

    assertThat(signedIn.user()).isEqualTo(UserId.of("ada"));
    assertThat(signedIn.displayName()).contains("Ada L.");
    assertThat(signedIn.metadata())
        .isEqualTo(
            JsonObject.of("role", JsonValue.of("admin"))
                .with("n", JsonValue.of(new BigDecimal("12345678901234567890"))));
  }

  @Test
  void verifyShouldTakeASecretOfAnyLength() {
    assertThat(new SignInTokens("short", clock).verify(OF_SHORT_SECRET).user())
        .isEqualTo(UserId.of("ada"));
  }

  @Test
  void verifyShouldReadWhatWasIssuedUntilItExpires() {
    String token = tokens.issue(UserId.of("ada"), Duration.ofMinutes(1));

    clock.advance(Duration.ofSeconds(59));
    assertThat(tokens.verify(token).user()).isEqualTo(UserId.of("ada"));
    clock.advance(Duration.ofSeconds(1));
    assertRefused(token);
  }

  @Test
  void verifyShouldRefuseAnotherSecret() {
    assertRefused(new SignInTokens("another", clock).issue(UserId.of("ada"), Duration.ofHours(1)));
  }

  @Test
  void verifyShouldRefuseWhatWasTamperedWith() {
    String[] parts = OF_CHAINLIT.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

    assertRefused(parts[0] + "." + base64(claims.replace("\"ada\"", "\"eve\"")) + "." + parts[2]);
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(0, 20));
  }

  @Test
  void verifyShouldRefuseUnsignedTokens() {
    String claims = OF_CHAINLIT.split("\\.", -1)[1];

    assertRefused(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims + ".");
    assertRefused(base64("{\"alg\":\"None\"}") + "." + claims + ".");
  }

  @Test
  void verifyShouldRefuseOtherAlgorithmsAndCriticalExtensions() {
    assertRefused(tokens.sign(new JWSHeader(JWSAlgorithm.HS512), claims()));
    assertRefused(
        tokens.sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).criticalParams(Set.of("x")).build(),
            claims()));
    assertThat(tokens.verify(tokens.sign(new JWSHeader(JWSAlgorithm.HS256), claims())).user())
        .isEqualTo(UserId.of("ada"));
  }

  @Test
  void verifyShouldRefuseClaimsThatChainlitWouldNotTake() {
    assertRefused(signed(claims().without("exp")));
    assertRefused(signed(claims().with("exp", JsonValue.of("tomorrow"))));
    assertRefused(signed(claims().with("exp", JsonValue.of(new BigDecimal("1E999999999")))));
    assertRefused(signed(claims().without("identifier")));
    assertRefused(signed(claims().with("identifier", JsonValue.of(""))));
    assertRefused(signed(claims().with("identifier", JsonValue.of(7))));
    assertRefused(signed(claims().with("aud", JsonValue.of("another service"))));
    assertRefused(signed(claims().with("nbf", JsonValue.of(4_102_444_000L))));
  }

  @Test
  void verifyShouldReadTokensWithoutNameOrMetadata() {
    SignedIn signedIn =
        tokens.verify(
            signed(
                claims()
                    .with("display_name", JsonValue.Null.NULL)
                    .with("metadata", JsonValue.Null.NULL)));

    assertThat(signedIn.displayName()).isEmpty();
    assertThat(signedIn.metadata()).isEqualTo(JsonObject.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "....", "e30.e30.e30", "\u0000", "😀.😀.😀"})
  void verifyShouldRefuseGarbage(String token) {
    assertRefused(token);
  }

  @Test
  void tokenShouldNotAppearInLogs() {
    assertThat(tokens.verify(OF_CHAINLIT).toString()).contains("ada").doesNotContain(OF_CHAINLIT);
  }

  private static JsonObject claims() {
    return JsonObject.of("identifier", JsonValue.of("ada"))
        .with("exp", JsonValue.of(4_102_444_800L));
  }

  private String signed(JsonObject claims) {
    return tokens.sign(new JWSHeader(JWSAlgorithm.HS256), claims);
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String token) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> tokens.verify(token))
        .satisfies(
            refused -> assertThat(refused.problem().code()).isEqualTo(Code.UNAUTHENTICATED.name()));
  }
}
