package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Start, readiness, and the end. */
class LifeCycleTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @Test
  void healthShouldSayThatTheServerRuns() {
    assertThat(SERVER.anybody().get("/health/live").ok().text()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void readinessShouldBeWhatTheStoreSays() {
    TestServer other = new TestServer();
    other.server.start();
    try (ThreadkeepServer server = other.server) {
      assertThat(server.port()).isPositive();
      other.anybody().get("/health/ready").ok();
      other.readiness =
          CompletableFuture.failedStage(
              new DataLayerException(ErrorCode.UNAVAILABLE, "table chat: no answer"));
      Reply reply = other.anybody().get("/health/ready").problem(Code.UNAVAILABLE);
      assertThat(reply.header("Retry-After")).isNotEmpty();
      assertThat(reply.text()).doesNotContain("chat");
      other.anybody().get("/health/live").ok();
    }
  }

  @Test
  void startShouldRefuseAPortThatIsTaken() {
    TestServer second = new TestServer(config -> config.port(SERVER.server.port()));

    assertThatIllegalStateException()
        .isThrownBy(second.server::start)
        .withMessage("cannot listen on 127.0.0.1:" + SERVER.server.port());
  }

  @Test
  void startShouldWarnOfAShortSecretAndTakeIt() {
    try (LogLines log = new LogLines();
        ThreadkeepServer server =
            new TestServer(config -> config.authSecret("short")).server.start()) {
      assertThat(server.port()).isPositive();
      assertThat(log.text())
          .contains(
              "CHAINLIT_AUTH_SECRET has fewer than 32 bytes",
              "`openssl rand -hex 32` makes a better one",
              "listening on http://127.0.0.1:" + server.port())
          .doesNotContain("short");
    }
  }

  @Test
  void addressShouldBeOneAlsoOfAHostOfIpv6() {
    assertThat(SERVER.server.address()).isEqualTo("http://127.0.0.1:" + SERVER.server.port());
    assertThat(ThreadkeepServer.authority("::1", 80)).isEqualTo("[::1]:80");
    assertThat(ThreadkeepServer.authority("[::1]", 80)).isEqualTo("[::1]:80");
    assertThat(ThreadkeepServer.authority("chat_server", 80)).isEqualTo("chat_server:80");
  }

  @Test
  void closeShouldFinishWhatIsUnderWay() throws IOException {
    TestServer other = new TestServer();
    other.server.start();
    CompletableFuture<Optional<User>> pending = new CompletableFuture<>();
    other.store.answer(pending);
    int port = other.server.port();
    try (RawHttp connection = new RawHttp(port)) {
      connection.send(
          "GET /v1/users/ada HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\n\r\n");
      while (pending.getNumberOfDependents() == 0) {
        Thread.onSpinWait();
      }
      CompletableFuture<Void> closed = CompletableFuture.runAsync(other.server::close);
      awaitRefusal(port);
      assertThat(closed).isNotDone();
      pending.complete(Optional.of(User.builder().id(UserId.of("ada")).build()));

      assertThat(connection.receive().ok().textAt("id")).isEqualTo("ada");
      closed.join();
    }
  }

  @Test
  void closeShouldNotWaitForEver() throws IOException {
    TestServer other = new TestServer(config -> config.stopTimeout(Duration.ofMillis(200)));
    other.server.start();
    CompletableFuture<?> never = new CompletableFuture<>();
    other.store.answer(never);
    try (RawHttp connection = new RawHttp(other.server.port())) {
      connection.send(
          "GET /v1/users/ada HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\n\r\n");
      while (never.getNumberOfDependents() == 0) {
        Thread.onSpinWait();
      }

      other.server.close();

      connection.receive().problem(Code.OUTCOME_UNKNOWN);
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void configShouldNotTellItsSecrets() {
    HttpConfig config =
        HttpConfig.builder().authSecret("secret-1").serviceToken("secret-2").build();

    assertThat(config.toString()).doesNotContain("secret-1", "secret-2");
  }

  @Test
  void configShouldRefuseWhatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpConfig.builder().authSecret("").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpConfig.builder().authSecret("x").serviceToken("").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpConfig.builder().authSecret("x").cookieName("a=b").build());
    for (String address : List.of("chat", "//chat.example.org", "ftp://chat.example.org")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> HttpConfig.builder().authSecret("x").publicUrl(URI.create(address)).build());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HttpConfig.builder().authSecret("x").requestTimeout(Duration.ZERO).build());
  }

  /** A connection that comes just when the server closes may be taken and never answered. */
  private static void awaitRefusal(int port) {
    while (true) {
      try (RawHttp attempt = new RawHttp(port, 1_000)) {
        attempt.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        if (attempt.receive().status() == 503) {
          return;
        }
      } catch (IOException refused) {
        return;
      }
    }
  }
}
