package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.PartialFailureException;
import dev.threadkeep.domain.StepId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and the log are told when something fails. */
class ErrorsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final LogLines log = new LogLines();
  private final String requestId = Fresh.text();
  private final Api service = SERVER.service().with("X-Request-Id", requestId);

  @AfterEach
  void restore() {
    SERVER.store.answerItself();
    log.close();
  }

  private static void failWith(Throwable failure) {
    SERVER.store.answer(CompletableFuture.failedStage(failure));
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(ErrorCode.NOT_FOUND, 404),
        Arguments.of(ErrorCode.ALREADY_EXISTS, 409),
        Arguments.of(ErrorCode.INVALID, 422),
        Arguments.of(ErrorCode.TOO_LARGE, 413),
        Arguments.of(ErrorCode.CONFLICT, 409),
        Arguments.of(ErrorCode.THROTTLED, 429),
        Arguments.of(ErrorCode.UNAVAILABLE, 503),
        Arguments.of(ErrorCode.OUTCOME_UNKNOWN, 504),
        Arguments.of(ErrorCode.CORRUPT, 500));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void errorOfTheStoreShouldHaveItsStatus(ErrorCode code, int status) {
    failWith(new DataLayerException(code, "what and which"));

    Reply reply = service.put("/v1/users/ada", "{}").problem(status, code.name());

    assertThat(reply.detail()).isEqualTo("what and which");
    boolean retry = code == ErrorCode.THROTTLED || code == ErrorCode.UNAVAILABLE;
    assertThat(reply.header("Retry-After")).matches(retry ? "[0-9]+" : "");
    boolean ours = status >= 500;
    assertThat(log.of(requestId)).hasSize(ours ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorCodeShouldHaveAStatus(ErrorCode code) {
    assertThat(Code.of(code).name()).isEqualTo(code.name());
  }

  @Test
  void partialFailureShouldBeItsCode() {
    failWith(
        new PartialFailureException(
            ErrorCode.THROTTLED, "2 items are left", List.of("step a", "step b"), null));

    service.delete("/v1/threads/t").problem(Code.THROTTLED);
  }

  @Test
  void unexpectedFailureShouldBeLoggedOnceAndNotBeTold() {
    failWith(new IllegalStateException("secret inner workings"));

    Reply reply = service.get("/v1/users/ada").problem(Code.INTERNAL);

    assertThat(reply.text()).doesNotContain("secret", "IllegalState");
    List<ILoggingEvent> lines = log.of(requestId);
    assertThat(lines).hasSize(2);
    assertThat(lines).extracting(ILoggingEvent::getLevel).contains(Level.WARN, Level.INFO);
    assertThat(lines)
        .filteredOn(line -> line.getThrowableProxy() != null)
        .singleElement()
        .satisfies(
            line -> assertThat(line.getThrowableProxy().getClassName()).contains("Exception"));
  }

  @Test
  void textThatIsNoUnicodeShouldBeServedAsItIsStored() {
    String thread = Fresh.thread().value();
    SERVER.memory.seedStep(
        JsonObject.of("id", JsonValue.of("s"))
            .with("threadId", JsonValue.of(thread))
            .with("output", JsonValue.of(Hostile.HALF_A_CHARACTER)));

    assertThat(service.get("/v1/threads/" + thread + "/steps/s").ok().textAt("output"))
        .isEqualTo(Hostile.HALF_A_CHARACTER);
  }

  @Test
  void errorOfEachStepOfABatchShouldBeToldForEach() {
    SERVER.store.answer(
        CompletableFuture.completedStage(
            List.of(
                new WriteResult<>(StepId.of("a"), Optional.empty()),
                new WriteResult<>(
                    StepId.of("b"),
                    Optional.of(new DataLayerException(ErrorCode.THROTTLED, "slow down"))))));

    Reply reply =
        service.post("/v1/threads/t/steps", "{\"steps\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}").ok();

    assertThat(reply.at("results"))
        .isEqualTo(
            JsonText.parse(
                "[{\"id\": \"a\", \"status\": 200}, {\"id\": \"b\", \"status\": 429, \"error\":"
                    + " {\"type\": \"about:blank\", \"title\": \"Too Many Requests\", \"status\":"
                    + " 429, \"detail\": \"slow down\", \"code\": \"THROTTLED\"}}]"));
  }

  @Test
  void unknownAddressShouldBeNotFound() {
    Reply reply =
        service.sendUnchecked("GET", "/nowhere", BodyPublishers.noBody()).problem(Code.NOT_FOUND);

    assertThat(reply.detail()).isEqualTo("there is nothing at this address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "OPTIONS", "TRACE", "BREW", "QUERY"})
  void otherMethodShouldBeRefusedWithThoseThatAreAllowed(String method) {
    Reply reply = RawHttp.call(SERVER, method + " /v1/threads/t HTTP/1.1");

    assertThat(reply.problem(Code.METHOD_NOT_ALLOWED).header("Allow").split(", "))
        .containsExactlyInAnyOrder("GET", "HEAD", "PUT", "PATCH", "DELETE");
  }

  @Test
  void headShouldBeAsGetWithoutTheBody() {
    service.put("/v1/users/ada", "{}").ok();

    Reply get = service.get("/v1/users/ada").ok();
    Reply head = service.sendUnchecked("HEAD", "/v1/users/ada", BodyPublishers.noBody());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(
            SERVER
                .anybody()
                .sendUnchecked("HEAD", "/v1/users/ada", BodyPublishers.noBody())
                .status())
        .isEqualTo(401);
  }

  @Test
  void requestIdShouldBeTakenWhenWellFormedAndMadeOtherwise() {
    assertThat(service.get("/auth/config").header("X-Request-Id")).isEqualTo(requestId);
    for (String bad : new String[] {"", "a b", "x".repeat(129), "a;b", "{{}}", "é"}) {
      assertThat(SERVER.anybody().with("X-Request-Id", bad).get("/auth/config").ok())
          .extracting(reply -> reply.header("X-Request-Id"))
          .asString()
          .matches("[a-z0-9]{12}");
    }
    assertThat(
            RawHttp.call(SERVER, "GET /user HTTP/1.1", "X-Large: " + "x".repeat(40_000))
                .header("X-Request-Id"))
        .isNotEmpty();
  }

  @Test
  void everyAnswerShouldHaveTheHeadersOfAll() {
    for (Reply reply :
        List.of(
            service.get("/auth/config"),
            service.get("/v1/users/nobody"),
            SERVER.anybody().get("/user"),
            service.sendUnchecked("GET", "/nowhere", BodyPublishers.noBody()),
            RawHttp.call(SERVER, "GARBAGE"))) {
      assertThat(reply.header("X-Request-Id")).isNotEmpty();
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.header("Server")).isEmpty();
    }
  }

  @Test
  void requestShouldHaveOneLineThatTellsNoSecrets() {
    String token = SERVER.token("ada");
    SERVER
        .anybody()
        .bearer(token)
        .cookie("session=cookie-secret")
        .with("X-Request-Id", requestId)
        .get("/v1/users/ada/threads?search=query-secret")
        .ok();
    service.put("/v1/users/ada", "{\"metadata\": {\"a\": \"body-secret\"}}").ok();

    List<ILoggingEvent> lines = log.of(requestId);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(lines.get(0).getFormattedMessage())
        .matches("GET /v1/users/\\{identifier}/threads 200 [0-9]+ ms [0-9]+ bytes");
    assertThat(log.text()).doesNotContain(token, "secret", TestServer.SERVICE_TOKEN);
  }

  @Test
  void refusedRequestShouldHaveOneLineWithItsCode() {
    service.put("/v1/threads/t/steps/s", "{\"output\": 7}").problem(Code.INVALID);

    assertThat(log.of(requestId))
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .matches("PUT /v1/threads/\\{id}/steps/\\{stepId} 422 INVALID [0-9]+ ms [0-9]+ bytes");
  }

  @Test
  void requestThatIsNoHttpShouldHaveOneLine() {
    String id = RawHttp.call(SERVER, "GET /%zz HTTP/1.1").header("X-Request-Id");

    assertThat(log.of(id))
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains(" 400 MALFORMED ");
  }

  @Test
  void upgradeShouldLeadNowhere() {
    Reply reply =
        RawHttp.call(
            SERVER,
            "GET /v1/threads/t HTTP/1.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");

    assertThat(reply.status()).isBetween(400, 499);
    reply.problem(reply.status(), reply.textAt("code"));
  }
}
