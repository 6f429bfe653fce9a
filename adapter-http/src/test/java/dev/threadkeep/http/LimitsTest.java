package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What bounds a request in time, and what does not bound an answer in size. */
class LimitsTest {
  @RegisterExtension
  static final TestServer SERVER =
      new TestServer(config -> config.requestTimeout(Duration.ofMillis(300)));

  @RegisterExtension static final TestServer PATIENT = new TestServer();

  @AfterEach
  void restore() {
    SERVER.store.answerItself();
  }

  @Test
  void readThatTakesTooLongShouldBeUnavailable() {
    SERVER.store.answer(new CompletableFuture<>());

    Reply reply = SERVER.service().get("/v1/users/ada").problem(Code.UNAVAILABLE);

    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

  @Test
  void listThatTakesTooLongShouldBeUnavailableThoughItIsPosted() {
    SERVER.store.answer(new CompletableFuture<>());

    Reply reply =
        SERVER
            .person("ada")
            .post("/project/threads", "{\"pagination\": {\"first\": 5}}")
            .problem(Code.UNAVAILABLE);

    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

  @Test
  void writeThatTakesTooLongShouldBeUnknown() {
    SERVER.store.answer(new CompletableFuture<>());

    SERVER.service().put("/v1/users/ada", "{}").problem(Code.OUTCOME_UNKNOWN);
    SERVER.service().delete("/v1/threads/t").problem(Code.OUTCOME_UNKNOWN);
  }

  @Test
  void bodyThatDoesNotArriveShouldTimeOut() throws IOException {
    int writes = SERVER.store.writes().size();
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT /v1/users/ada HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"metadata\":");
      assertThat(connection.receive().problem(Code.REQUEST_TIMEOUT).header("connection"))
          .isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
    assertThat(SERVER.store.writes()).hasSize(writes);
  }

  @Test
  void slowClientsShouldKeepNobodyWaiting() throws IOException {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      RawHttp connection = new RawHttp(PATIENT.server.port());
      connection.send(
          "PUT /v1/users/ada HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
      slow.add(connection);
    }

    PATIENT.anybody().get("/health/ready").ok();

    for (RawHttp connection : slow) {
      connection.close();
    }
  }

  @Test
  void largeThreadShouldBeServedWhole() {
    String thread = seedLargeThread(2_000);

    JsonObject json = PATIENT.service().get("/v1/threads/" + thread).ok().json();

    List<JsonValue> steps = ((JsonValue.Array) json.get("steps").orElseThrow()).items();
    assertThat(steps).hasSize(2_000);
    assertThat(((JsonObject) steps.get(1_999)).get("output"))
        .contains(JsonValue.of("ü".repeat(1_000)));
  }

  @Test
  void slowReadersShouldKeepNobodyWaiting() throws IOException {
    String thread = seedLargeThread(5_000);
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawHttp connection = new RawHttp(PATIENT.server.port());
      connection.send(
          "GET /v1/threads/"
              + thread
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\n\r\n");
      slow.add(connection);
    }

    PATIENT.anybody().get("/health/ready").ok();

    for (RawHttp connection : slow) {
      connection.close();
    }
    PATIENT.service().get("/v1/threads/" + thread + "/steps?first=1").ok();
  }

  private static String seedLargeThread(int steps) {
    String thread = Fresh.thread().value();
    PATIENT.service().put("/v1/threads/" + thread, "{}").ok();
    String text = "ü".repeat(1_000);
    for (int i = 0; i < steps; i++) {
      PATIENT.memory.seedStep(
          (JsonObject)
              JsonText.parse(
                  String.format(
                      "{\"id\": \"s-%05d\", \"threadId\": \"%s\", \"output\": \"%s\"}",
                      i, thread, text)));
    }
    return thread;
  }
}
