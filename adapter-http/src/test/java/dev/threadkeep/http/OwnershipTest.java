package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A person reaches only what is theirs, and cannot tell "not yours" from "not there". */
class OwnershipTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  /** What each route that names something is sent; {@code …} stand for ids. */
  private static final Map<String, String> BODIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("PUT /project/thread", "{'threadId': '<thread>', 'name': 'mine'}"),
              Map.entry("DELETE /project/thread", "{'threadId': '<thread>'}"),
              Map.entry(
                  "PUT /feedback",
                  "{'feedback': {'threadId': '<thread>', 'forId': '<step>', 'value': 1}}"),
              Map.entry("PUT /project/thread/share", "{'threadId': '<thread>', 'isShared': true}"),
              Map.entry("DELETE /feedback", "{'feedbackId': 'THREAD#<thread>::STEP#<step>'}"),
              Map.entry("PUT /project/element", "{'element': <element>}"),
              Map.entry("DELETE /project/element", "{'element': <element>}"),
              Map.entry("PUT /v1/users/{identifier}", "{'metadata': {'a': 1}}"),
              Map.entry("PUT /v1/threads/{id}", "{'name': 'mine'}"),
              Map.entry("PATCH /v1/threads/{id}", "{'name': 'mine'}"),
              Map.entry("POST /v1/threads/{id}/steps", "{'steps': [{'id': '<step>'}]}"),
              Map.entry("PUT /v1/threads/{id}/steps/{stepId}", "{'output': 'mine'}"),
              Map.entry("PATCH /v1/threads/{id}/steps/{stepId}", "{'output': 'mine'}"),
              Map.entry("PUT /v1/threads/{id}/steps/{stepId}/feedback", "{'value': 0}"),
              Map.entry("PUT /v1/threads/{id}/elements/{elementId}", "{'name': 'mine'}")));

  /** These are about whoever asks, and name nothing. */
  private static final Set<String> OWN = Set.of("GET /user", "POST /project/threads");

  private final String owner = Fresh.user().value();
  private final String thread = Fresh.thread().value();

  static Stream<Route> routes() {
    return SERVER.server.routes().stream()
        .filter(route -> route.access() != Access.ANYONE)
        .filter(route -> !OWN.contains(name(route)));
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }

  @BeforeEach
  void createThread() {
    SERVER.person(owner).get("/user").ok();
    SERVER.person(owner).put("/v1/threads/" + thread, "{\"name\": \"Trip\"}").ok();
    SERVER.person(owner).put(path("/v1/threads/{id}/steps/{stepId}"), "{\"output\": \"a\"}").ok();
    SERVER
        .person(owner)
        .put(
            path("/v1/threads/{id}/elements/{elementId}"),
            "{\"type\": \"custom\", \"name\": \"e\"}")
        .ok();
    SERVER
        .person(owner)
        .upload(
            path("/v1/threads/{id}/elements/{elementId}/content"), "image/png", new byte[] {1, 2})
        .ok();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsNotYoursShouldLookAsIfItWereNotThere(Route route) {
    String before = stored();
    int writes = SERVER.store.writes().size();

    Reply foreign = call(SERVER.person(Fresh.user().value()), route, thread, owner);
    String nobody = Fresh.text();
    Reply missing = call(SERVER.person(Fresh.user().value()), route, nobody, nobody);

    foreign.problem(Code.NOT_FOUND);
    assertThat(stored()).isEqualTo(before);
    if (!name(route).equals("PUT /v1/threads/{id}")) {
      assertThat(SERVER.store.writes()).hasSize(writes);
      assertThat(missing.problem(Code.NOT_FOUND).detail())
          .isEqualTo(foreign.detail().replace(thread, nobody).replace(owner, nobody));
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsYoursShouldBeReached(Route route) {
    assertThat(call(SERVER.person(owner), route, thread, owner).status()).isIn(200, 204, 307);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void serviceShouldReachWhatIsAnyones(Route route) {
    assertThat(call(SERVER.service(), route, thread, owner).status()).isIn(200, 204, 307);
  }

  @Test
  void ownerShouldNotBeChanged() {
    String address = "/v1/threads/" + thread;
    String other = "{\"userId\": \"eve\"}";
    String same = "{\"userId\": \"" + owner + "\"}";

    SERVER.person("eve").put(address, other).problem(Code.NOT_FOUND);
    SERVER.person(owner).put(address, other).problem(Code.NOT_FOUND);
    SERVER.person(owner).patch(address, other).problem(Code.NOT_FOUND);
    SERVER.person(owner).patch(address, "{\"userId\": null}").problem(Code.NOT_FOUND);
    SERVER.service().put(address, other).problem(Code.CONFLICT);
    SERVER.service().patch(address, other).problem(Code.CONFLICT);
    SERVER.service().patch(address, "{\"userIdentifier\": \"eve\"}").problem(Code.CONFLICT);
    SERVER.service().put(address, same).ok();
    SERVER.service().patch(address, same).ok();
    SERVER.person(owner).patch(address, same).ok();
    assertThat(SERVER.service().get(address + "/author").ok().textAt("userId")).isEqualTo(owner);
  }

  @Test
  void ownerShouldBeGivenByPutAlone() {
    String id = Fresh.thread().value();
    String address = "/v1/threads/" + id;
    SERVER.service().put(address, "{}").ok();

    assertThat(
            SERVER
                .service()
                .patch(address, "{\"userId\": \"ada\"}")
                .problem(Code.CONFLICT)
                .detail())
        .isEqualTo("thread " + id + " has no owner, and PATCH gives it none; PUT does");
    SERVER.service().put(address, "{\"userId\": \"ada\"}").ok();
    assertThat(SERVER.person("ada").get(address).ok().textAt("userId")).isEqualTo("ada");
  }

  @Test
  void idThatBelongsToSomeoneElseShouldNotBeTakenOver() {
    String address = "/v1/threads/" + Fresh.thread().value();
    SERVER.service().put(address + "/steps/s-1", "{\"output\": \"before its thread\"}").ok();

    SERVER.person("eve").put(address, "{}").problem(Code.NOT_FOUND);
    SERVER.person("eve").get(address).problem(Code.NOT_FOUND);
    SERVER.service().put(address, "{\"userId\": \"ada\"}").ok();
    assertThat(SERVER.person("ada").get(address).ok().listAt("steps")).hasSize(1);
  }

  private String stored() {
    return SERVER.service().get("/v1/threads/" + thread).ok().text()
        + SERVER.service().get("/v1/users/" + owner).ok().text();
  }

  private static String path(String template, String thread, String user) {
    return template
        .replace("{id}", thread)
        .replace("{stepId}", "s-1")
        .replace("{elementId}", "e-1")
        .replace("{identifier}", user);
  }

  private String path(String template) {
    return path(template, thread, owner);
  }

  private static Reply call(Api api, Route route, String thread, String user) {
    Optional<String> body = Optional.empty();
    if (route.input() == Route.Input.JSON) {
      String element =
          "{'id': 'e-1', 'threadId': '<thread>', 'type': 'custom', 'name': 'e', 'display': 'side'}";
      String json = Optional.ofNullable(BODIES.get(name(route))).orElseThrow();
      body =
          Optional.of(
              json.replace("<element>", element)
                  .replace("<thread>", thread)
                  .replace("<step>", "s-1")
                  .replace('\'', '"'));
    }
    return api.send(route.method().name(), path(route.path(), thread, user), body);
  }
}
