package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, threads, feedback and elements in the service API. */
class ServiceApiTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String user = Fresh.user().value();
  private final String thread = "/v1/threads/" + Fresh.thread().value();
  private final Api service = SERVER.service();

  private void createThread() {
    SERVER.clock.tick();
    service.put(thread, "{\"userId\": \"" + user + "\", \"name\": \"Trip\"}").ok();
  }

  @Test
  void deleteOfAUserShouldEraseAllAndAnswerWithAReceipt() {
    String user = Fresh.user().value();
    String thread = "/v1/threads/" + Fresh.thread().value();
    service.put("/v1/users/" + user, "{}").ok();
    service.put(thread, "{\"userId\": \"" + user + "\"}").ok();
    service.put(thread + "/steps/s", "{\"output\": \"x\"}").ok();
    service.upload(thread + "/elements/e/content", "image/png", new byte[] {1}).ok();

    Reply receipt = service.delete("/v1/users/" + user).ok();

    assertThat(receipt.json().without("erasedAt"))
        .isEqualTo(
            JsonText.parse(
                "{\"identifier\": \"%s\", \"threads\": 1, \"items\": 3, \"files\": 1}"
                    .formatted(user)));
    service.get(thread).problem(Code.NOT_FOUND);
    service.delete("/v1/users/" + user).problem(Code.NOT_FOUND);
  }

  @Test
  void userShouldBeCreatedAndMerged() {
    Reply created =
        service
            .put("/v1/users/" + user, "{\"metadata\": {\"a\": 1, \"b\": 2}, \"later\": true}")
            .ok();
    SERVER.clock.tick();
    service
        .put(
            "/v1/users/" + user,
            "{\"identifier\": \"" + user + "\", \"metadata\": {\"b\": null, \"c\": 3}}")
        .ok();

    JsonObject stored = service.get("/v1/users/" + user).ok().json();
    assertThat(stored.get("metadata")).contains(JsonText.parse("{\"a\":1,\"c\":3}"));
    assertThat(stored.get("createdAt")).contains(created.at("createdAt"));
    assertThat(stored.get("later")).contains(JsonValue.of(true));
    assertThat(stored.get("identifier")).contains(JsonValue.of(user));
  }

  @Test
  void idsInABodyShouldBeThoseOfTheAddress() {
    createThread();
    String id = thread.substring("/v1/threads/".length());

    service.put(thread, "{\"id\": \"" + id + "\"}").ok();
    service.put(thread, "{\"id\": null}").ok();
    assertThat(service.put(thread, "{\"id\": \"x\"}").problem(Code.INVALID).detail())
        .startsWith("id: ");
    service.patch(thread, "{\"id\": \"x\"}").problem(Code.INVALID);
    service.put("/v1/users/" + user, "{\"identifier\": \"x\"}").problem(Code.INVALID);
    service.put(thread + "/steps/s", "{\"threadId\": \"x\"}").problem(Code.INVALID);
    service.put(thread + "/steps/s", "{\"id\": 7}").problem(Code.INVALID);
    service.put(thread + "/elements/e", "{\"threadId\": \"x\"}").problem(Code.INVALID);
    service
        .put(thread + "/steps/s/feedback", "{\"forId\": \"x\", \"value\": 1}")
        .problem(Code.INVALID);
    assertThat(service.get(thread).ok().listAt("steps")).isEmpty();
  }

  @Test
  void threadShouldBeCreatedMergedPatchedAndDeleted() {
    Reply created =
        service
            .put(
                thread,
                "{\"userId\": \""
                    + user
                    + "\", \"name\": \"Trip\", \"tags\": [\"a\"], \"metadata\": {\"n\": 1.50}}")
            .ok();
    assertThat(created.textAt("userIdentifier")).isEqualTo(user);
    SERVER.clock.tick();

    service.put(thread, "{\"metadata\": {\"m\": 2}}").ok();
    Reply patched = service.patch(thread, "{\"tags\": null, \"name\": \"Tour\"}").ok();

    assertThat(patched.json().get("tags")).isEmpty();
    assertThat(patched.textAt("name")).isEqualTo("Tour");
    assertThat(patched.at("metadata")).isEqualTo(JsonText.parse("{\"n\":1.5,\"m\":2}"));
    assertThat(patched.at("createdAt")).isEqualTo(created.at("createdAt"));
    Reply loaded = service.get(thread).ok();
    assertThat(loaded.json().without("steps").without("elements")).isEqualTo(patched.json());
    service.delete(thread).done();
    service.delete(thread).problem(Code.NOT_FOUND);
    service.get(thread).problem(Code.NOT_FOUND);
    service.patch(thread, "{\"name\": \"x\"}").problem(Code.NOT_FOUND);
    service.get(thread + "/author").problem(Code.NOT_FOUND);
  }

  @Test
  void patchThatSaysNothingShouldWriteNothing() {
    createThread();
    Reply before = service.get(thread).ok();
    SERVER.clock.tick();

    service.patch(thread, "{}").ok();

    assertThat(service.get(thread).ok().json()).isEqualTo(before.json());
  }

  @Test
  void patchShouldTakeMergePatchAsItsType() {
    createThread();

    Reply reply =
        service
            .with("Content-Type", "application/merge-patch+json; charset=UTF-8")
            .sendUnchecked("PATCH", thread, BodyPublishers.ofString("{\"name\": null}"));

    assertThat(reply.ok().json().get("name")).isEmpty();
  }

  @Test
  void threadWithoutAnOwnerShouldBeTheServices() {
    service.put(thread, "{\"name\": \"nobody's\"}").ok();

    service.get(thread).ok();
    service.get(thread + "/author").problem(Code.NOT_FOUND);
    SERVER.person(user).get(thread).problem(Code.NOT_FOUND);
  }

  @Test
  void listShouldGiveSummariesAndDetailsOnRequest() {
    createThread();
    service.patch(thread, "{\"tags\": [\"a\"], \"metadata\": {\"x\": 1}}").ok();
    SERVER.memory.seedThread(
        (JsonObject)
            JsonText.parse("{\"id\": \"nameless-" + user + "\", \"userId\": \"" + user + "\"}"),
        new Timestamp("2020-01-01T00:00:00.000000Z"));
    String list = "/v1/users/" + user + "/threads";

    Reply summaries = service.get(list).ok();
    assertThat(((JsonObject) summaries.at("data/0")).members())
        .containsOnlyKeys("id", "name", "updatedAt");
    assertThat(summaries.at("data/1/name")).isEqualTo(JsonValue.Null.NULL);
    Reply details = service.get(list + "?details=true&first=100").ok();
    assertThat(((JsonObject) details.at("data/0")).members())
        .containsKeys("tags", "metadata", "userId", "createdAt")
        .containsEntry("updatedAt", summaries.at("data/0/updatedAt"));
    assertThat(details.at("data/1/name")).isEqualTo(JsonValue.Null.NULL);
    assertThat(details.textAt("data/1/updatedAt")).isEqualTo("2020-01-01T00:00:00.000000Z");
    assertThat(service.get(list + "?search=TRIP").ok().listAt("data")).hasSize(1);
    assertThat(service.get(list + "?search=").ok().listAt("data")).hasSize(2);
  }

  @Test
  void listShouldGoOnWhereThePageEnded() {
    List<JsonValue> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SERVER.clock.tick();
      service.put(thread + i, "{\"userId\": \"" + user + "\"}").ok();
    }
    String list = "/v1/users/" + user + "/threads?first=2";

    Reply page = service.get(list).ok();
    page.listAt("data").forEach(it -> ids.add(((JsonObject) it).get("id").orElseThrow()));
    while (page.at("pageInfo/hasNextPage").equals(JsonValue.of(true))) {
      page = service.get(list + "&cursor=" + Api.segment(page.textAt("pageInfo/endCursor"))).ok();
      page.listAt("data").forEach(it -> ids.add(((JsonObject) it).get("id").orElseThrow()));
    }

    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first=0",
        "first=101",
        "first=-1",
        "first=x",
        "first=1e2",
        "first=99999999999999",
        "first=5&first=6",
        "cursor=nonsense",
        "details=yes",
        "feedback=2",
        "limit=5",
        "First=5",
        "search=%FF",
        "search=%C0%80",
        "search=%ED%A0%80",
        "search=%zz",
        "search=%",
        "x"
      })
  void listShouldRefuseAMalformedQuery(String query) {
    Reply reply =
        RawHttp.call(
            SERVER,
            "GET /v1/users/" + user + "/threads?" + query + " HTTP/1.1",
            "Authorization: Bearer " + TestServer.SERVICE_TOKEN);

    reply.problem(Code.MALFORMED);
  }

  @Test
  void unknownQueryParametersShouldBeRefusedEverywhere() {
    createThread();

    assertThat(service.get(thread + "?expand=steps").problem(Code.MALFORMED).detail())
        .contains("expand");
    service.put(thread + "?force=1", "{\"name\": \"changed\"}").problem(Code.MALFORMED);
    service.delete(thread + "?really=1").problem(Code.MALFORMED);
    assertThat(service.get(thread).ok().textAt("name")).isEqualTo("Trip");
    SERVER
        .person(user)
        .get("/project/" + thread.substring("/v1/".length()).replace("threads", "thread") + "?x=1")
        .ok();
  }

  @Test
  void feedbackShouldBeSetAndTakenBack() {
    createThread();
    service.put(thread + "/steps/s", "{\"output\": \"x\"}").ok();

    Reply given =
        service.put(thread + "/steps/s/feedback", "{\"value\": 0, \"comment\": \"meh\"}").ok();

    assertThat(given.textAt("id")).startsWith("THREAD#").endsWith("::STEP#s");
    assertThat(given.at("value")).isEqualTo(JsonValue.of(0));
    assertThat(service.get(thread + "/steps/s").ok().textAt("feedback/comment")).isEqualTo("meh");
    service.delete(thread + "/steps/s/feedback").done();
    service.delete(thread + "/steps/s/feedback").done();
    assertThat(service.get(thread + "/steps/s").ok().json().get("feedback")).isEmpty();
    service.put(thread + "/steps/none/feedback", "{\"value\": 1}").problem(Code.NOT_FOUND);
    service.delete(thread + "/steps/none/feedback").problem(Code.NOT_FOUND);
    service.put(thread + "/steps/s/feedback", "{}").problem(Code.INVALID);
    service.put(thread + "/steps/s/feedback", "{\"value\": null}").problem(Code.INVALID);
    service.put(thread + "/steps/s/feedback", "{\"value\": 0.5}").problem(Code.INVALID);
  }

  @Test
  void elementShouldBeCreatedMergedAndDeleted() {
    createThread();
    String element = thread + "/elements/e";

    Reply created =
        service
            .put(
                element,
                "{\"type\": \"hologram\", \"name\": \"n\", \"page\": 3, \"forId\": \"s\","
                    + " \"props\": {\"a\": [1.0]}, \"later\": {\"x\": 1}}")
            .ok();
    Reply merged = service.put(element, "{\"name\": \"m\", \"type\": null}").ok();

    assertThat(merged.json()).isEqualTo(created.json().with("name", JsonValue.of("m")));
    assertThat(service.get(element).ok().json()).isEqualTo(merged.json());
    service.put(element, "{\"objectKey\": \"x/y/z\"}").problem(Code.INVALID);
    service.delete(element).done();
    service.get(element).problem(Code.NOT_FOUND);
    service.delete(element).problem(Code.NOT_FOUND);
  }
}
