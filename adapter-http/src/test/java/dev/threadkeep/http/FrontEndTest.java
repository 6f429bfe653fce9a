package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of Chainlit's front end for threads and feedback. */
class FrontEndTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String user = Fresh.user().value();
  private final Api person = SERVER.person(user);

  private String createThread(String name) {
    String id = Fresh.thread().value();
    SERVER.clock.tick();
    person.put("/v1/threads/" + id, "{\"name\": " + quoted(name) + "}").ok();
    return id;
  }

  private static String quoted(String text) {
    return JsonText.write(JsonValue.of(text));
  }

  private Reply list(String pagination, String filter) {
    return person.post(
        "/project/threads", "{\"pagination\": " + pagination + ", \"filter\": " + filter + "}");
  }

  private static List<String> ids(Reply reply) {
    return reply.ok().listAt("data").stream()
        .map(it -> ((JsonValue.Text) ((JsonObject) it).get("id").orElseThrow()).value())
        .toList();
  }

  @Test
  void listShouldGiveTheCallersThreadsLastActiveFirst() {
    String first = createThread("one");
    String second = createThread("two");
    SERVER.clock.advance(Duration.ofMinutes(10));
    String now = SERVER.clock.instant().toString();
    person.put("/v1/threads/" + first + "/steps/s", "{\"type\": \"user_message\"}").ok();

    Reply reply = list("{\"first\": 20}", "{}");

    assertThat(ids(reply)).containsExactly(first, second);
    assertThat(reply.textAt("data/0/createdAt")).isEqualTo(now);
    assertThat(((JsonObject) reply.at("data/0")).members())
        .containsOnlyKeys("id", "name", "createdAt", "userId", "userIdentifier")
        .containsEntry("userIdentifier", JsonValue.of(user));
    assertThat(reply.at("pageInfo"))
        .isEqualTo(
            JsonText.parse("{\"hasNextPage\":false,\"startCursor\":null,\"endCursor\":null}"));
  }

  @Test
  void listShouldBeTheCallersWhateverTheFilterSays() {
    String own = createThread("mine");

    assertThat(ids(list("{\"first\": 20}", "{\"userId\": \"somebody else\"}")))
        .containsExactly(own);
    assertThat(ids(list("{\"first\": 20}", "null"))).containsExactly(own);
    assertThat(ids(person.post("/project/threads?x=1", "{\"pagination\": {\"first\": 1}}")))
        .containsExactly(own);
  }

  @Test
  void listShouldGoOnWhereThePageEnded() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      created.add(0, createThread("thread " + i));
    }
    List<String> listed = new ArrayList<>();

    Reply page = list("{\"first\": 3}", "{\"feedback\": null, \"search\": null}");
    listed.addAll(ids(page));
    while (page.at("pageInfo/hasNextPage").equals(JsonValue.of(true))) {
      String cursor = quoted(page.textAt("pageInfo/endCursor"));
      page = list("{\"first\": 3, \"cursor\": " + cursor + "}", "{}");
      assertThat(quoted(page.ok().textAt("pageInfo/startCursor"))).isEqualTo(cursor);
      listed.addAll(ids(page));
    }

    assertThat(listed).isEqualTo(created);
  }

  @Test
  void listShouldFindByNameWhateverTheCase() {
    String trip = createThread("A trip to ZÜRICH");
    createThread("Groceries");

    assertThat(ids(list("{\"first\": 20}", "{\"search\": \"zürich\"}"))).containsExactly(trip);
    assertThat(ids(list("{\"first\": 20}", "{\"search\": \"\"}"))).hasSize(2);
    assertThat(ids(list("{\"first\": 20}", "{\"search\": \"nowhere\"}"))).isEmpty();
  }

  @Test
  void searchThatStoppedAtItsBudgetShouldSayPartial() {
    for (int i = 0; i <= 1_000; i++) {
      SERVER.memory.seedThread(
          (JsonObject)
              JsonText.parse("{\"id\": \"" + user + i + "\", \"userId\": \"" + user + "\"}"),
          new Timestamp("2026-01-01T00:00:00.000000Z"));
    }

    Reply reply = list("{\"first\": 20}", "{\"search\": \"x\"}");

    assertThat(ids(reply)).isEmpty();
    assertThat(reply.at("pageInfo/partial")).isEqualTo(JsonValue.of(true));
    assertThat(reply.at("pageInfo/hasNextPage")).isEqualTo(JsonValue.of(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "9223372036854775807"})
  void listShouldRefuseASizeOutOfBounds(String first) {
    list("{\"first\": " + first + "}", "{}").problem(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"20\"", "null", "true", "1e2147483647", "[]"})
  void listShouldRefuseASizeThatIsNoWholeNumber(String first) {
    assertThat(list("{\"first\": " + first + "}", "{}").problem(Code.INVALID).detail())
        .startsWith("pagination.first: ");
  }

  static Stream<Named<String>> cursors() {
    return Hostile.cursors()
        .filter(it -> !it.getPayload().isEmpty())
        .filter(it -> !it.getPayload().equals(Hostile.HALF_A_CHARACTER));
  }

  @ParameterizedTest
  @MethodSource("cursors")
  void listShouldRefuseACursorThatIsNotItsOwn(String cursor) {
    assertThat(
            list("{\"first\": 5, \"cursor\": " + quoted(cursor) + "}", "{}")
                .problem(Code.MALFORMED)
                .detail())
        .startsWith("cursor: ");
  }

  @Test
  void renameShouldChangeTheNameAndNothingElse() {
    String id = createThread("before");
    SERVER
        .service()
        .patch("/v1/threads/" + id, "{\"metadata\": {\"a\": 1}, \"tags\": [\"x\"]}")
        .ok();
    JsonObject before = person.get("/project/thread/" + id).ok().json();
    createThread("later");

    Reply reply =
        person.put("/project/thread", "{\"threadId\": \"" + id + "\", \"name\": \"after\"}");

    assertThat(reply.ok().text()).isEqualTo("{\"success\":true}");
    JsonObject after = person.get("/project/thread/" + id).ok().json();
    assertThat(after.without("updatedAt"))
        .isEqualTo(before.with("name", JsonValue.of("after")).without("updatedAt"));
    assertThat(ids(list("{\"first\": 20}", "{}")).get(1)).isEqualTo(id);
  }

  @Test
  void deleteShouldTakeEverythingAlong() {
    String id = createThread("gone");
    person.put("/v1/threads/" + id + "/steps/s", "{\"output\": \"x\"}").ok();

    assertThat(person.delete("/project/thread", "{\"threadId\": \"" + id + "\"}").ok().text())
        .isEqualTo("{\"success\":true}");

    person.get("/project/thread/" + id).problem(Code.NOT_FOUND);
    SERVER.service().get("/v1/threads/" + id + "/steps/s").problem(Code.NOT_FOUND);
    person.delete("/project/thread", "{\"threadId\": \"" + id + "\"}").problem(Code.NOT_FOUND);
  }

  @Test
  void feedbackShouldBeSetReplacedAndTakenBack() {
    String id = createThread("rated");
    person.put("/v1/threads/" + id + "/steps/s", "{\"output\": \"x\"}").ok();
    String address = "\"threadId\": \"" + id + "\", \"forId\": \"s\"";

    Reply given =
        person
            .put(
                "/feedback",
                "{\"feedback\": {"
                    + address
                    + ", \"value\": 1, \"comment\": \"good\", \"id\": \"x\"},"
                    + " \"sessionId\": \"1\"}")
            .ok();
    assertThat(given.textAt("feedbackId")).isEqualTo("THREAD#" + id + "::STEP#s");
    Reply thread = person.get("/project/thread/" + id).ok();
    assertThat(thread.at("steps/0/feedback/value")).isEqualTo(JsonValue.of(1));
    assertThat(thread.textAt("steps/0/feedback/comment")).isEqualTo("good");

    person.put("/feedback", "{\"feedback\": {" + address + ", \"value\": 0}}").ok();
    assertThat(person.get("/project/thread/" + id).ok().at("steps/0/feedback/value"))
        .isEqualTo(JsonValue.of(0));

    String reference = "{\"feedbackId\": \"" + given.textAt("feedbackId") + "\"}";
    assertThat(person.delete("/feedback", reference).ok().text()).isEqualTo("{\"success\":true}");
    assertThat(person.get("/project/thread/" + id).ok().text()).doesNotContain("feedback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"feedback\": {\"forId\": \"s\", \"value\": 1}}",
        "{\"feedback\": {\"forId\": \"s\", \"threadId\": null, \"value\": 1}}",
        "{\"feedback\": {\"forId\": \"s\", \"threadId\": \"t\"}}",
        "{\"feedback\": {\"forId\": \"s\", \"threadId\": \"t\", \"value\": 2}}",
        "{\"feedback\": {\"forId\": \"s\", \"threadId\": \"t\", \"value\": 4294967297}}",
        "{\"feedback\": {\"forId\": \"s\", \"threadId\": \"t\", \"value\": \"1\"}}",
        "{\"feedback\": {\"forId\": \"\", \"threadId\": \"t\", \"value\": 1}}",
        "{\"feedback\": []}",
        "{}"
      })
  void feedbackShouldBeRefusedWithoutAThreadAStepAndARating(String body) {
    int writes = SERVER.store.writes().size();

    person.put("/feedback", body).problem(Code.INVALID);

    assertThat(SERVER.store.writes()).hasSize(writes);
  }

  @Test
  void row13FeedbackOnAnUnknownStepShouldBeNotFound() {
    String id = createThread("no steps");
    String body = "{\"feedback\": {\"threadId\": \"" + id + "\", \"forId\": \"s\", \"value\": 1}}";

    assertThat(person.put("/feedback", body).problem(Code.NOT_FOUND).detail())
        .isEqualTo("step s not found");
    assertThat(person.get("/project/thread/" + id).ok().listAt("steps")).isEmpty();
    person.delete("/feedback", "{\"feedbackId\": \"nonsense\"}").problem(Code.NOT_FOUND);
  }

  @Test
  void row37FeedbackOfAnothersThreadShouldNotBeSetOrDeleted() {
    String id = createThread("mine");
    person.put("/v1/threads/" + id + "/steps/s", "{\"output\": \"x\"}").ok();
    String feedback =
        "{\"feedback\": {\"threadId\": \"" + id + "\", \"forId\": \"s\", \"value\": 1}}";
    String reference =
        "{\"feedbackId\": \"" + person.put("/feedback", feedback).ok().textAt("feedbackId") + "\"}";
    String before = person.get("/project/thread/" + id).ok().text();
    Api eve = SERVER.person("eve");

    eve.put("/feedback", feedback.replace("\"value\": 1", "\"value\": 0")).problem(Code.NOT_FOUND);
    eve.delete("/feedback", reference).problem(Code.NOT_FOUND);
    eve.put("/v1/threads/" + id + "/steps/s/feedback", "{\"value\": 0}").problem(Code.NOT_FOUND);
    eve.delete("/v1/threads/" + id + "/steps/s/feedback").problem(Code.NOT_FOUND);

    assertThat(person.get("/project/thread/" + id).ok().text()).isEqualTo(before);
  }
}
