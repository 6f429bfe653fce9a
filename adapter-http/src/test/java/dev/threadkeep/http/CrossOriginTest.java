package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another site makes a browser do with the cookie of this one. */
class CrossOriginTest {
  @RegisterExtension
  static final TestServer SERVER =
      new TestServer(config -> config.publicUrl(URI.create("https://chat.example.com")));

  @RegisterExtension
  static final TestServer LOUD =
      new TestServer(config -> config.publicUrl(URI.create("HTTPS://CHAT.example.com")));

  private final String user = Fresh.user().value();
  private final String thread = Fresh.thread().value();

  @BeforeEach
  void createThread() {
    SERVER.person(user).put("/v1/threads/" + thread, "{\"name\": \"before\"}").ok();
  }

  private Api browser() {
    return SERVER.anybody().cookie("access_token=" + SERVER.token(user));
  }

  private Reply rename(Api api) {
    return api.put("/project/thread", "{\"threadId\": \"" + thread + "\", \"name\": \"after\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "nonsense", ""})
  void writeShouldBeRefusedWhenTheBrowserSaysThatItIsForeign(String site) {
    int writes = SERVER.store.writes().size();

    rename(browser().with("Sec-Fetch-Site", site)).problem(Code.CROSS_ORIGIN);
    rename(browser().with("Sec-Fetch-Site", site).with("Origin", "https://chat.example.com"))
        .problem(Code.CROSS_ORIGIN);

    assertThat(SERVER.store.writes()).hasSize(writes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void writeShouldBeTakenWhenTheBrowserSaysThatItIsOwn(String site) {
    rename(browser().with("Sec-Fetch-Site", site)).ok();
    rename(browser().with("Sec-Fetch-Site", site).with("Origin", "https://rewritten")).ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://chat.example.com.evil.example",
        "https://chat.example.com:8443",
        "https://127.0.0.1",
        "null",
        "",
        "no origin at all",
        "file:///"
      })
  void writeShouldBeRefusedFromAnotherOrigin(String origin) {
    rename(browser().with("Origin", origin)).problem(Code.CROSS_ORIGIN);
  }

  @Test
  void writeShouldBeTakenFromTheHostAndThePublicAddress() {
    rename(browser().with("Origin", "http://127.0.0.1:" + SERVER.server.port())).ok();
    rename(browser().with("Origin", "https://chat.example.com")).ok();
    rename(browser().with("Origin", "https://CHAT.example.com:443")).ok();
  }

  @ParameterizedTest
  @CsvSource({
    "chat_server:8080, http://chat_server:8080, 200",
    "chat_server, https://CHAT_server, 200",
    "chat_server:8080, http://chat_server:8081, 403",
    "chat_server:8080, http://other_server:8080, 403",
    "chat_server, chat_server, 403"
  })
  void hostThatNoAddressMayHaveShouldCountToo(String host, String origin, int status)
      throws IOException {
    String body = "{\"threadId\": \"" + thread + "\", \"name\": \"after\"}";
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT /project/thread HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: access_token=%s\r\n"
                  .formatted(host, origin, SERVER.token(user))
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(body.length(), body));

      assertThat(connection.receive().status()).isEqualTo(status);
    }
  }

  @Test
  void publicAddressShouldCountInWhateverLetters() {
    Api browser = LOUD.anybody().cookie("access_token=" + LOUD.token(user));

    browser.with("Origin", "https://chat.example.com").post("/logout").ok();
    browser.with("Origin", "http://chat.example.com").post("/logout").problem(Code.CROSS_ORIGIN);
  }

  @Test
  void writeShouldBeTakenWhereNoBrowserSpeaks() {
    rename(browser()).ok();
  }

  @Test
  void readShouldBeTakenFromAnywhere() {
    Api foreign = browser().with("Sec-Fetch-Site", "cross-site").with("Origin", "https://evil");

    foreign.get("/project/thread/" + thread).ok();
    foreign.get("/user").ok();
  }

  @Test
  void writeWithABearerTokenShouldBeTakenFromAnywhere() {
    rename(SERVER.person(user).with("Sec-Fetch-Site", "cross-site")).ok();
    rename(SERVER.service().with("Origin", "https://evil.example")).ok();
  }

  @Test
  void everyWriteShouldBeChecked() {
    Api foreign = browser().with("Sec-Fetch-Site", "cross-site");

    SERVER.server.routes().stream()
        .filter(route -> !route.isSafe())
        .filter(route -> !route.path().equals("/auth/jwt"))
        .forEach(
            route ->
                foreign
                    .send(
                        route.method().name(),
                        route.path().replaceAll("\\{[a-zA-Z]+}", "x"),
                        Optional.of("{}"))
                    .problem(Code.CROSS_ORIGIN));
  }

  @Test
  void noOtherOriginShouldBeAllowedToRead() {
    Reply reply = browser().with("Origin", "https://evil.example").get("/user").ok();

    assertThat(reply.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void methodShouldNotBeOverridden() {
    browser()
        .with("X-HTTP-Method-Override", "DELETE")
        .get("/v1/threads/" + thread)
        .problem(Code.MALFORMED);
    SERVER.person(user).get("/v1/threads/" + thread).ok();
  }
}
