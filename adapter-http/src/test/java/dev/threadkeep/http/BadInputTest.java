package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with a 4xx, and with nothing written. */
class BadInputTest {
  @RegisterExtension
  static final TestServer SERVER = new TestServer(config -> config.maxBodyBytes(100_000));

  private static final String AUTHORIZATION = "Authorization: Bearer " + TestServer.SERVICE_TOKEN;
  private static final String STEP = "/v1/threads/t/steps/s";

  private int writes;

  @BeforeEach
  void countWrites() {
    writes = SERVER.store.writes().size();
  }

  @AfterEach
  void nothingShouldBeWritten() {
    assertThat(SERVER.store.writes()).hasSize(writes);
  }

  private static Reply put(byte[] body) {
    return SERVER.service().sendUnchecked("PUT", STEP, BodyPublishers.ofByteArray(body));
  }

  private static Reply put(String body) {
    return put(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "{\"output\": \"x\"",
        "{\"output\": \"x\"} x",
        "{\"output\": 'x'}",
        "{output: \"x\"}",
        "{\"output\": \"x\",}",
        "{\"metadata\": {\"a\": 01}}",
        "{\"metadata\": {\"a\": NaN}}",
        "{\"metadata\": {\"a\": Infinity}}",
        "{\"metadata\": {\"a\": -Infinity}}",
        "{\"metadata\": {\"a\": +1}}",
        "{\"metadata\": {\"a\": .5}}",
        "{\"output\": \"a\", \"output\": \"b\"}",
        "{\"metadata\": {\"a\": 1, \"a\": 1}}",
        "{\"output\": \"\\x\"}",
        "{\"output\": \"\\u12\"}",
        "{\"output\": \"line\nfeed\"}",
        "/* */ {}",
        "\u0000",
        "nul"
      })
  void bodyThatIsNotJsonShouldBeMalformed(String body) {
    put(body).problem(Code.MALFORMED);
  }

  @Test
  void emptyBodyShouldBeMalformed() {
    SERVER
        .service()
        .with("Content-Type", "application/json")
        .sendUnchecked("PUT", STEP, BodyPublishers.noBody())
        .problem(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"x\"", "true"})
  void bodyThatIsNoObjectShouldBeInvalid(String body) {
    put(body).problem(Code.INVALID);
  }

  static Stream<byte[]> invalidUtf8() {
    return Stream.of(
        new byte[] {(byte) 0xff},
        new byte[] {(byte) 0xc0, (byte) 0x80},
        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        new byte[] {(byte) 0xe2, (byte) 0x82},
        new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80});
  }

  @ParameterizedTest
  @MethodSource("invalidUtf8")
  void bodyThatIsNotUtf8ShouldBeMalformed(byte[] bytes) {
    byte[] body = "{\"output\": \"xxxx\"}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, body, 12, bytes.length);

    assertThat(put(body).problem(Code.MALFORMED).detail()).contains("UTF-8");
  }

  @Test
  void bodyInAnotherCharsetShouldBeRefused() {
    put("{\"output\": \"x\"}".getBytes(StandardCharsets.UTF_16)).problem(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"output\": \"\\ud83d\"}",
        "{\"output\": \"a\\ude00\"}",
        "{\"output\": \"\\ude00\\ud83d\"}",
        "{\"metadata\": {\"a\": [\"\\ud83d\"]}}",
        "{\"tags\": [\"\\ud83d\"]}"
      })
  void unpairedSurrogateShouldBeInvalid(String body) {
    assertThat(put(body).problem(Code.INVALID).detail()).contains("surrogate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"metadata\": {\"\\ud83d\": 1}}", "{\"\\ud83d\": 1}"})
  void unpairedSurrogateInANameShouldBeMalformed(String body) {
    assertThat(put(body).problem(Code.MALFORMED).detail()).contains("surrogate");
  }

  static Stream<String> badNumbers() {
    return Hostile.badNumbers();
  }

  @ParameterizedTest
  @MethodSource("badNumbers")
  void numberBeyondTheRangeShouldBeInvalid(String number) {
    assertThat(put("{\"metadata\": {\"a\": [" + number + "]}}").problem(Code.INVALID).detail())
        .startsWith("metadata.a[0]: number");
    put("{\"unknown\": " + number + "}").problem(Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1E-99999999999"})
  void numberThatIsNoNumberToJavaShouldBeRefused(String number) {
    assertThat(put("{\"metadata\": {\"a\": " + number + "}}").status()).isBetween(400, 422);
  }

  @Test
  void numberOfTooManyCharactersShouldBeMalformed() {
    put("{\"metadata\": {\"a\": 1" + "0".repeat(5_000) + "}}").problem(Code.MALFORMED);
  }

  @Test
  void deepJsonShouldBeRefused() {
    String inside = "{\"metadata\": " + "[".repeat(32).replace("[", "{\"a\":") + "1";
    String deep = "{\"unknown\": " + "[".repeat(40_000) + "]".repeat(40_000) + "}";

    assertThat(put(inside + "}".repeat(33)).problem(Code.INVALID).detail())
        .startsWith("metadata.a")
        .contains("nested too deep, at most 31");
    put(deep).problem(Code.MALFORMED);
  }

  /** Where an address says the ids, only the value of a feedback can be missing. */
  @Test
  void whatIsMissingShouldBeNamedOnBothFaces() {
    assertThat(SERVER.service().put(STEP + "/feedback", "{}").problem(Code.INVALID).detail())
        .isEqualTo("value: is missing");
    assertThat(
            SERVER
                .service()
                .post("/v1/threads/t/steps", "{\"steps\": [{\"output\": \"x\"}]}")
                .problem(Code.INVALID)
                .detail())
        .isEqualTo("steps[0].id: is missing");
    assertThat(
            SERVER
                .service()
                .put("/feedback", "{\"feedback\": {\"forId\": \"s\", \"value\": 1}}")
                .problem(Code.INVALID)
                .detail())
        .isEqualTo("threadId: is missing");
    assertThat(
            SERVER
                .service()
                .put(
                    "/project/element",
                    "{\"element\": {\"type\": \"custom\", \"threadId\": \"t\"}}")
                .problem(Code.INVALID)
                .detail())
        .isEqualTo("id: is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "elements", "skipped"})
  void threadShouldNotKeepWhatItsAnswerHasBeside(String name) {
    String body = "{\"" + name + "\": []}";

    assertThat(SERVER.service().put("/v1/threads/t", body).problem(Code.INVALID).detail())
        .isEqualTo(name + ": is reserved");
    SERVER.service().patch("/v1/threads/t", body).problem(Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "json", "x"})
  void bodyOfAnotherTypeShouldBeRefused(String type) {
    SERVER
        .service()
        .with("Content-Type", type)
        .sendUnchecked("PUT", STEP, BodyPublishers.ofString("{\"output\": \"x\"}"))
        .problem(Code.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void bodyInAnotherDeclaredCharsetShouldBeRefused() {
    SERVER
        .service()
        .with("Content-Type", "application/json; charset=iso-8859-1")
        .sendUnchecked("PUT", STEP, BodyPublishers.ofString("{\"output\": \"x\"}"))
        .problem(Code.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void bodyOverTheLimitShouldBeTooLargeWhenDeclared() {
    String body = "{\"output\": \"" + "x".repeat(100_000) + "\"}";

    assertThat(put(body).problem(Code.TOO_LARGE).detail())
        .isEqualTo("body: 100,014 bytes, at most 100,000");
  }

  @Test
  void bodyOverTheLimitShouldBeTooLargeWhenChunked() {
    byte[] body =
        ("{\"output\": \"" + "x".repeat(150_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    Reply reply =
        SERVER
            .service()
            .with("Content-Type", "application/json")
            .sendUnchecked(
                "PUT", STEP, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

    reply.problem(Code.TOO_LARGE);
  }

  @Test
  void bodyFarOverTheLimitShouldBeRefusedBeforeItIsSent() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT "
              + STEP
              + " HTTP/1.1\r\nHost: x\r\n"
              + AUTHORIZATION
              + "\r\nContent-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n");
      Reply reply = connection.receive();
      assertThat(reply.problem(Code.TOO_LARGE).header("connection")).isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void endlessBodyShouldBeRefused() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT "
              + STEP
              + " HTTP/1.1\r\nHost: x\r\n"
              + AUTHORIZATION
              + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 4; i++) {
        connection.send(chunk);
      }
      assertThat(connection.receive().problem(Code.TOO_LARGE).header("connection"))
          .isEqualTo("close");
    }
  }

  @Test
  void clientThatAsksFirstShouldNotSendInVain() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT "
              + STEP
              + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
              + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n");
      connection.receive().problem(Code.UNAUTHENTICATED);
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/threads/a%00b",
        "/v1/threads/%00",
        "/v1/threads/a%0Ab",
        "/v1/threads/a%7Fb",
        "/v1/threads/a%C2%85b",
        "/v1/threads/%FF",
        "/v1/threads/%C0%80",
        "/v1/threads/%ED%A0%80",
        "/v1/threads/%F4%90%80%80",
        "/v1/threads/%E2%82",
        "/v1/threads/%",
        "/v1/threads/%2",
        "/v1/threads/%zz",
        "/v1/threads/%u0041",
        "/v1/threads/a b",
        "/v1/threads/a\u0001b",
        "/v1/threads/é"
      })
  void pathThatIsNoPathShouldBeMalformed(String path) {
    RawHttp.call(SERVER, "GET " + path + " HTTP/1.1", AUTHORIZATION).problem(Code.MALFORMED);
    RawHttp.call(
            SERVER,
            "PUT " + path + " HTTP/1.1",
            AUTHORIZATION,
            "Content-Type: application/json",
            "Content-Length: 0")
        .problem(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/threads/",
        "/v1/threads//",
        "/v1/threads//steps",
        "/v1/threads//steps/s",
        "//v1/threads/t",
        "/v1//threads/t",
        "/v1/threads/t/",
        "/v1/threads/t/steps/",
        "/V1/threads/t",
        "/v1/threads/t/x",
        "/",
        "/v1",
        "/index.html"
      })
  void pathOfNothingShouldBeNotFound(String path) {
    RawHttp.call(SERVER, "GET " + path + " HTTP/1.1", AUTHORIZATION).problem(Code.NOT_FOUND);
  }

  /** But those that a client cannot encode, and U+0000, at which Jetty ends the connection. */
  static Stream<Named<String>> badIds() {
    return Hostile.badIds()
        .filter(id -> id.getPayload().indexOf(0) < 0)
        .filter(id -> id.getPayload().chars().noneMatch(it -> it >= 0xd800 && it < 0xe000));
  }

  @ParameterizedTest
  @MethodSource("badIds")
  void nothingShouldBeCreatedUnderABadId(String id) {
    Api service = SERVER.service();
    String segment = Api.segment(id);

    for (String path :
        List.of(
            "/v1/users/" + segment,
            "/v1/threads/" + segment,
            "/v1/threads/" + segment + "/steps/s",
            "/v1/threads/t/steps/" + segment,
            "/v1/threads/t/elements/" + segment)) {
      Reply reply = service.sendUnchecked("PUT", path, BodyPublishers.ofString("{}"));
      assertThat(reply.status()).isIn(400, 413, 422);
      reply.problem(reply.status(), reply.textAt("code"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE",
        "GET",
        "GET /user",
        "GET /user HTTP/9.9",
        "GET /user HTTP/1.1\r\nNo colon here",
        "GET /user HTTP/1.1\r\nContent-Length: -1",
        "GET /user HTTP/1.1\r\nContent-Length: x",
        "PUT /user HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
        "PUT /user HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 2"
      })
  void requestThatIsNoHttpShouldGetAProblem(String request) throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(request + "\r\nHost: x\r\n\r\n");
      Reply reply = connection.receive();
      assertThat(reply.status()).isBetween(400, 599);
      reply.problem(reply.status(), reply.status() < 500 ? "MALFORMED" : "INTERNAL");
    }
  }

  @Test
  void requestWithoutAHostShouldGetAProblem() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send("GET /user HTTP/1.1\r\n\r\n");
      connection.receive().problem(Code.MALFORMED);
    }
  }

  @Test
  void headersOverTheLimitShouldGetAProblem() {
    RawHttp.call(SERVER, "GET /user HTTP/1.1", "X-Large: " + "x".repeat(40_000))
        .problem(Code.HEADERS_TOO_LARGE);
    RawHttp.call(SERVER, "GET /user HTTP/1.1", "X-Large: " + "x".repeat(30_000))
        .problem(Code.UNAUTHENTICATED);
  }

  @Test
  void addressOverTheLimitShouldGetAProblem() {
    Reply reply = RawHttp.call(SERVER, "GET /" + "x".repeat(40_000) + " HTTP/1.1");

    assertThat(reply.status()).isIn(414, 431);
    assertThat(reply.textAt("detail")).doesNotContain("null");
    reply.problem(reply.status(), reply.textAt("code"));
  }

  @Test
  void connectionShouldBeOfUseAfterARefusal() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      for (int i = 0; i < 3; i++) {
        connection.send(
            "PUT "
                + STEP
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 20\r\n\r\n");
        connection.send("{\"output\": \"xxxxxx\"}");
        assertThat(connection.receive().problem(Code.UNAUTHENTICATED).header("connection"))
            .isNotEqualTo("close");
      }
    }
  }

  @Test
  void searchOfManyBytesShouldBeTooLarge() {
    SERVER
        .service()
        .get("/v1/users/" + Fresh.user() + "/threads?search=" + "x".repeat(2_049))
        .problem(Code.TOO_LARGE);
  }
}
