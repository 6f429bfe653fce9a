package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an id holds, it is one segment of a path, and that id. */
class PathsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Api service = SERVER.service();

  static Stream<Named<String>> ids() {
    return Hostile.ids();
  }

  private Reply send(String method, String path, String body) {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return service.sendUnchecked(method, path, publisher);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyIdShouldBeReachedByItsPath(String id) {
    String thread = "/v1/threads/" + Api.segment(id);
    String step = thread + "/steps/" + Api.segment(id);
    String element = thread + "/elements/" + Api.segment(id);
    String json = JsonText.write(JsonObject.of("userId", JsonValue.of(id)));

    assertThat(send("PUT", "/v1/users/" + Api.segment(id), "{}").ok().textAt("id")).isEqualTo(id);
    assertThat(send("PUT", thread, json).ok().textAt("id")).isEqualTo(id);
    assertThat(send("PUT", step, "{\"output\": \"x\"}").ok().textAt("id")).isEqualTo(id);
    assertThat(send("PUT", step + "/feedback", "{\"value\": 1}").ok().textAt("forId"))
        .isEqualTo(id);
    assertThat(send("PUT", element, "{}").ok().textAt("threadId")).isEqualTo(id);

    Api person = SERVER.person(id);
    Reply loaded =
        person.sendUnchecked("GET", "/project/thread/" + Api.segment(id), BodyPublishers.noBody());
    assertThat(loaded.ok().textAt("steps/0/id")).isEqualTo(id);
    String feedback = JsonText.write(loaded.at("steps/0/feedback/id"));
    person.delete("/feedback", "{\"feedbackId\": " + feedback + "}").ok();
    assertThat(send("GET", step, "").ok().json().get("feedback")).isEmpty();
    assertThat(send("GET", "/v1/users/" + Api.segment(id) + "/threads", "").ok().listAt("data"))
        .hasSize(1);
    send("DELETE", element, "").done();
    send("DELETE", step, "").done();
    send("DELETE", thread, "").done();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "...", "%2E", "%2e%2e", ".%2E", "..%2F..%2Fetc%2Fpasswd"})
  void dotsShouldBeAnIdAndNoWayUp(String segment) {
    String decoded = segment.replace("%2E", ".").replace("%2e", ".").replace("%2F", "/");

    Reply reply =
        RawHttp.call(
            SERVER,
            "GET /v1/threads/" + segment + " HTTP/1.1",
            "Authorization: Bearer " + TestServer.SERVICE_TOKEN);

    assertThat(reply.problem(Code.NOT_FOUND).detail())
        .isEqualTo("thread " + decoded + " not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/threads/../users/ada",
        "/v1/threads/x/../../users/ada",
        "/v1/threads/%2e%2e/users/ada",
        "/v1/../v1/users/ada",
        "/health/..;/v1/users/ada",
        "/static/..%2fv1/users/ada"
      })
  void dotsShouldNotLeadElsewhere(String path) {
    service.put("/v1/users/ada", "{}").ok();

    Reply reply =
        RawHttp.call(
            SERVER,
            "GET " + path + " HTTP/1.1",
            "Authorization: Bearer " + TestServer.SERVICE_TOKEN);

    assertThat(reply.status()).isIn(400, 404);
  }

  @Test
  void lookalikesShouldBeDifferentIds() {
    String id = Fresh.text();
    send("PUT", "/v1/threads/" + id + "%2Fsteps%2Fs", "{\"name\": \"one id\"}").ok();
    send("PUT", "/v1/threads/" + id + "/steps/s", "{\"name\": \"a step\"}").ok();
    send("PUT", "/v1/threads/" + id + "+", "{\"name\": \"plus\"}").ok();

    assertThat(send("GET", "/v1/threads/" + id + "%2Fsteps%2Fs", "").ok().textAt("name"))
        .isEqualTo("one id");
    assertThat(send("GET", "/v1/threads/" + id + "%2B", "").ok().textAt("name")).isEqualTo("plus");
    send("GET", "/v1/threads/" + id + "%20", "").problem(Code.NOT_FOUND);
    send("GET", "/v1/threads/" + id + "%252Fsteps%252Fs", "").problem(Code.NOT_FOUND);
  }

  @Test
  void partAfterASemicolonShouldBelongToTheId() {
    String id = Fresh.text();
    send("PUT", "/v1/threads/" + id, "{}").ok();

    send("GET", "/v1/threads/" + id + ";jsessionid=x", "").problem(Code.NOT_FOUND);
    send("GET", "/v1/threads/" + id + "%3Bx", "").problem(Code.NOT_FOUND);
  }
}
