package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.http.Route.Work;
import io.javalin.Javalin;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that fail while they become text. */
class AnswerWriterTest {
  private final AtomicInteger ids = new AtomicInteger();
  private final LogLines log = new LogLines();
  private final Javalin server =
      javalin(
          Route.get("/whole", Access.ANYONE, listing(100, 100)),
          Route.get("/early", Access.ANYONE, listing(100, 0)),
          Route.get("/late", Access.ANYONE, listing(100, 99)));

  @AfterEach
  void stop() {
    server.stop();
    log.close();
  }

  @Test
  void answerInManyPiecesShouldArriveWhole() {
    assertThat(get("/whole").ok().listAt("data")).hasSize(100);
  }

  @Test
  void failureBeforeTheFirstByteShouldBeAProblem() {
    Reply reply = get("/early").problem(Code.INTERNAL);

    assertThat(reply.text()).doesNotContain("item 0");
    assertThat(log.of("1")).hasSize(2);
  }

  @Test
  void failureHalfWayShouldEndTheConnection() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> get("/late"))
        .withMessage("GET /late had no answer");

    assertThat(log.of("1")).hasSize(2);
  }

  private Reply get(String path) {
    return new Api(server.port()).sendUnchecked("GET", path, BodyPublishers.noBody());
  }

  private Javalin javalin(Route... routes) {
    HttpConfig config = HttpConfig.builder().port(0).authSecret(TestServer.SECRET).build();
    SignInTokens tokens = new SignInTokens(TestServer.SECRET, Clock.systemUTC());
    Authentication authentication = new Authentication(config, new AuthCookies(config), tokens);
    return new Assembly(
            config,
            new Dispatcher(config, authentication),
            new RequestIds(() -> String.valueOf(ids.incrementAndGet())))
        .javalin(List.of(routes))
        .start();
  }

  /** An answer of so many items of 10,000 characters, of which one fails to become text. */
  private static Work listing(int count, int failing) {
    JsonValue item = JsonValue.of("x".repeat(10_000));
    JsonBody body =
        JsonBody.startingWith(JsonObject.of("count", JsonValue.of(count)))
            .list(
                "data",
                IntStream.range(0, count).boxed().toList(),
                (i, members) -> {
                  if (i == failing) {
                    throw new IllegalStateException("item " + i);
                  }
                  members.accept("text", item);
                })
            .build();
    return call -> CompletableFuture.completedStage(Answer.ok(body));
  }
}
