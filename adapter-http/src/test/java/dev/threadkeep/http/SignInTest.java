package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cookie, as Chainlit's front end gets and loses it. */
class SignInTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @Test
  void authConfigShouldSayThatOneSignsInElsewhere() {
    assertThat(SERVER.anybody().get("/auth/config").ok().text())
        .isEqualTo(
            "{\"requireLogin\":true,\"passwordAuth\":false,\"headerAuth\":false,"
                + "\"oauthProviders\":[]}");
  }

  @Test
  void signInShouldSetTheCookieUntilTheTokenExpires() {
    String user = Fresh.user().value();
    String token = SERVER.token(user);

    Reply reply = SERVER.anybody().bearer(token).post("/auth/jwt").ok();

    assertThat(reply.text()).isEqualTo("{\"success\":true}");
    assertThat(reply.headers().allValues("Set-Cookie"))
        .containsExactly(
            "access_token=" + token + "; Max-Age=3599; Path=/; HttpOnly; SameSite=lax");
    assertThat(SERVER.anybody().cookie("access_token=" + token).get("/user").ok().textAt("id"))
        .isEqualTo(user);
  }

  @Test
  void signInShouldKeepTheTimeOfCreationAndMergeMetadata() {
    String user = Fresh.user().value();
    Reply first =
        SERVER.service().put("/v1/users/" + user, "{\"metadata\": {\"plan\": \"pro\"}}").ok();
    SERVER.clock.tick();

    SERVER
        .anybody()
        .bearer(token(user, JsonObject.of("role", JsonValue.of("admin"))))
        .post("/auth/jwt")
        .ok();

    Reply after = SERVER.service().get("/v1/users/" + user).ok();
    assertThat(after.at("createdAt")).isEqualTo(first.at("createdAt"));
    assertThat(after.at("metadata/plan")).isEqualTo(JsonValue.of("pro"));
    assertThat(after.at("metadata/role")).isEqualTo(JsonValue.of("admin"));
  }

  @Test
  void signInShouldCutALongTokenIntoChunks() {
    JsonObject large = JsonObject.of("groups", JsonValue.of("x".repeat(5_000)));
    String token = token(Fresh.user().value(), large);

    Reply reply =
        SERVER
            .anybody()
            .bearer(token)
            .cookie("access_token=x; access_token_7=x; access_tokens=x")
            .post("/auth/jwt")
            .ok();

    List<String> cookies = reply.headers().allValues("Set-Cookie");
    List<String> set = cookies.stream().filter(cookie -> !cookie.contains("Max-Age=0")).toList();
    assertThat(set).hasSize(3).allMatch(cookie -> cookie.length() < 3_200);
    assertThat(cookies.stream().filter(cookie -> cookie.contains("Max-Age=0")))
        .extracting(cookie -> cookie.substring(0, cookie.indexOf('=')))
        .containsExactly("access_token", "access_token_7");
    String chunks =
        set.stream()
            .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
            .collect(Collectors.joining("; "));
    assertThat(chunks).startsWith("access_token_0=");
    SERVER.anybody().cookie(chunks).get("/user").ok();
  }

  @Test
  void signInShouldRefuseWhatIsNoPersonsToken() {
    SERVER.anybody().post("/auth/jwt").problem(Code.UNAUTHENTICATED);
    SERVER.service().post("/auth/jwt").problem(Code.UNAUTHENTICATED);
    SERVER.anybody().bearer("x").post("/auth/jwt").problem(Code.UNAUTHENTICATED);
    SERVER
        .anybody()
        .cookie("access_token=" + SERVER.token("ada"))
        .post("/auth/jwt")
        .problem(Code.UNAUTHENTICATED);
  }

  @Test
  void signOutShouldClearTheCookieAndItsChunks() {
    Reply reply =
        SERVER
            .anybody()
            .cookie("access_token=a; access_token_0=b; access_token_1=c; session=d")
            .post("/logout", "{}")
            .ok();

    assertThat(reply.text()).isEqualTo("{\"success\":true}");
    assertThat(reply.headers().allValues("Set-Cookie"))
        .containsExactly(
            "access_token=; Max-Age=0; Path=/; HttpOnly; SameSite=lax",
            "access_token_0=; Max-Age=0; Path=/; HttpOnly; SameSite=lax",
            "access_token_1=; Max-Age=0; Path=/; HttpOnly; SameSite=lax");
    assertThat(SERVER.anybody().post("/logout").ok().headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void signOutShouldAnswerHoweverManyCookiesLookLikeChunks() {
    String cookies =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "access_token_" + i + "=x")
            .collect(Collectors.joining("; "));

    Reply reply = SERVER.anybody().cookie(cookies).post("/logout").ok();

    assertThat(reply.headers().allValues("Set-Cookie")).hasSize(100);
  }

  @Test
  void cookieShouldBeSecureWhereBrowsersUseHttps() {
    assertThat(cookie(it -> it.publicUrl(URI.create("https://chat.example.com"))))
        .endsWith("; SameSite=lax; Secure");
    assertThat(cookie(it -> it.publicUrl(URI.create("HTTPS://chat.example.com"))))
        .endsWith("; SameSite=lax; Secure");
    assertThat(cookie(it -> it.cookieSameSite(HttpConfig.SameSite.NONE)))
        .endsWith("; SameSite=none; Secure");
    assertThat(cookie(it -> it.cookieSameSite(HttpConfig.SameSite.STRICT)))
        .endsWith("; SameSite=strict");
    assertThat(cookie(it -> it.cookieName("sign_in"))).startsWith("sign_in=");
  }

  private static String cookie(UnaryOperator<HttpConfig.Builder> changes) {
    TestServer other = new TestServer(changes);
    other.server.start();
    try (ThreadkeepServer server = other.server) {
      assertThat(server.port()).isPositive();
      return other.person("ada").post("/auth/jwt").ok().header("Set-Cookie");
    }
  }

  private static String token(String user, JsonObject metadata) {
    long end = SERVER.clock.instant().plus(Duration.ofHours(1)).getEpochSecond();
    return SERVER.tokens.sign(
        new JWSHeader(JWSAlgorithm.HS256),
        JsonObject.of("identifier", JsonValue.of(user))
            .with("metadata", metadata)
            .with("exp", JsonValue.of(end)));
  }
}
