package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is calling, and who may. */
class AuthenticationTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  /** Every route, as a call with ids that fit it and no body. */
  static Stream<Route> protectedRoutes() {
    return SERVER.server.routes().stream().filter(route -> route.access() != Access.ANYONE);
  }

  private static Reply call(Api api, Route route) {
    Optional<String> body =
        route.input() == Route.Input.JSON ? Optional.of("{}") : Optional.empty();
    return api.send(route.method().name(), route.path().replaceAll("\\{[a-zA-Z]+}", "x"), body);
  }

  @ParameterizedTest
  @MethodSource("protectedRoutes")
  void everyRouteShouldAskWhoIsCalling(Route route) {
    Reply reply = call(SERVER.anybody(), route).problem(Code.UNAUTHENTICATED);

    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @MethodSource("protectedRoutes")
  void everyRouteShouldRefuseWhatIsNotValid(Route route) {
    String expired = SERVER.tokens.issue(UserId.of("ada"), Duration.ofSeconds(-1));
    String foreign =
        new SignInTokens("another secret", SERVER.clock)
            .issue(UserId.of("ada"), Duration.ofHours(1));

    for (String token : new String[] {expired, foreign, TestServer.SERVICE_TOKEN + "x", "x"}) {
      Reply reply = call(SERVER.anybody().bearer(token), route).problem(Code.UNAUTHENTICATED);
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }
  }

  @Test
  void publicRoutesShouldBeTheDocumentedOnes() {
    assertThat(SERVER.server.routes())
        .filteredOn(route -> route.access() == Access.ANYONE)
        .extracting(Route::path)
        .containsExactlyInAnyOrder(
            "/health/live",
            "/health/ready",
            "/openapi.json",
            "/sign-in",
            "/sign-in.js",
            "/sign-in.css",
            "/auth/config",
            "/auth/jwt",
            "/logout",
            "/clients/chainlit/threadkeep.py",
            "/project/share/{id}",
            "/project/share/{id}/element/{elementId}");
  }

  @Test
  void bearerShouldWorkWhateverTheCaseOfTheScheme() {
    Api person = SERVER.anybody().with("Authorization", "bEARER " + SERVER.token("ada"));
    assertThat(person.sendUnchecked("GET", "/user", BodyPublishers.noBody()).ok().textAt("id"))
        .isEqualTo("ada");
    SERVER.anybody().with("Authorization", "Basic YTpi").get("/user").problem(Code.UNAUTHENTICATED);
  }

  @Test
  void cookieShouldWorkWholeAndInChunks() {
    String token = SERVER.token("ada");
    String half = "access_token_0=" + token.substring(0, 40);
    String chunks = half + "; access_token_1=" + token.substring(40);

    SERVER.anybody().cookie("access_token=" + token).get("/user").ok();
    SERVER.anybody().cookie("other=1; access_token=" + token + "; x=y").get("/user").ok();
    SERVER.anybody().cookie(chunks).get("/user").ok();
    SERVER.anybody().cookie("access_token=; " + chunks).get("/user").ok();
    SERVER.anybody().cookie(half).get("/user").problem(Code.UNAUTHENTICATED);
    SERVER.anybody().cookie("access_token_1=" + token).get("/user").problem(Code.UNAUTHENTICATED);
  }

  @Test
  void cookieShouldCountBeforeTheHeaderAsInChainlit() {
    Reply both = SERVER.person("bob").cookie("access_token=" + SERVER.token("ada")).get("/user");
    assertThat(both.ok().textAt("identifier")).isEqualTo("ada");
    SERVER.person("bob").cookie("access_token=x").get("/user").problem(Code.UNAUTHENTICATED);
    SERVER.person("bob").cookie("access_token=").get("/user").ok();
  }

  @Test
  void serviceTokenShouldNotWorkAsACookie() {
    SERVER
        .anybody()
        .cookie("access_token=\"" + TestServer.SERVICE_TOKEN + "\"")
        .get("/v1/users/ada")
        .problem(Code.UNAUTHENTICATED);
  }

  @Test
  void serviceShouldBeRefusedWhereAPersonIsMeant() {
    SERVER.service().get("/user").problem(Code.FORBIDDEN);
    SERVER
        .service()
        .post("/project/threads", "{\"pagination\": {\"first\": 5}, \"filter\": {}}")
        .problem(Code.FORBIDDEN);
  }

  @Test
  void serviceShouldReachThreadsOfAnyoneThroughBothFaces() {
    String thread = Fresh.thread().value();
    SERVER.service().put("/v1/threads/" + thread, "{\"userId\": \"ada\"}").ok();

    SERVER.service().get("/v1/threads/" + thread).ok();
    SERVER.service().get("/project/thread/" + thread).ok();
    SERVER.service().delete("/project/thread", "{\"threadId\": \"" + thread + "\"}").ok();
    SERVER.service().get("/v1/threads/" + thread).problem(Code.NOT_FOUND);
  }

  @Test
  void personShouldUseTheServiceApiForWhatIsTheirs() {
    String user = Fresh.user().value();
    String thread = "/v1/threads/" + Fresh.thread().value();

    Reply created = SERVER.person(user).put(thread, "{\"name\": \"Trip\"}").ok();
    assertThat(created.textAt("userId")).isEqualTo(user);
    SERVER.person(user).put(thread + "/steps/s-1", "{\"output\": \"Where to?\"}").ok();
    assertThat(SERVER.person(user).get(thread + "/author").ok().textAt("userId")).isEqualTo(user);
    assertThat(SERVER.person(user).get("/v1/users/" + user + "/threads").ok().listAt("data"))
        .hasSize(1);
    SERVER.person(user).delete(thread).done();
  }

  @Test
  void serviceTokenShouldBeOptional() {
    TestServer withoutService = new TestServer(config -> config.serviceToken(Optional.empty()));
    withoutService.server.start();
    try (ThreadkeepServer server = withoutService.server) {
      assertThat(server.port()).isPositive();
      withoutService.service().get("/v1/users/ada").problem(Code.UNAUTHENTICATED);
      withoutService.anybody().bearer("").get("/v1/users/ada").problem(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void userShouldBeCreatedOnFirstSight() {
    String user = Fresh.user().value();
    SERVER.service().get("/v1/users/" + user).problem(Code.NOT_FOUND);

    Reply reply = SERVER.person(user).get("/user").ok();

    assertThat(reply.json().members())
        .containsKeys("id", "identifier", "display_name", "metadata", "createdAt")
        .containsEntry("display_name", JsonValue.Null.NULL)
        .containsEntry("metadata", JsonObject.empty());
    SERVER.service().get("/v1/users/" + user).ok();
    int writes = SERVER.store.writes().size();
    assertThat(SERVER.person(user).get("/user").ok().at("createdAt"))
        .isEqualTo(reply.at("createdAt"));
    assertThat(SERVER.store.writes()).hasSize(writes);
  }
}
