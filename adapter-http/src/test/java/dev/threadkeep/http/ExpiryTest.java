package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.Retention;
import dev.threadkeep.domain.Timestamp;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads whose time comes to an end, on both faces of the API. */
class ExpiryTest {
  private static final Duration WEEK = Duration.ofDays(7);

  /** Shorter than anybody is signed in. */
  private static final Duration SHORT = Duration.ofMinutes(30);

  @RegisterExtension
  static final TestServer SERVER = TestServer.with(Retention.ofThreadsThatSaySo());

  @RegisterExtension static final TestServer BY_DEFAULT = TestServer.with(Retention.of(WEEK));

  @RegisterExtension static final TestServer STAYING = new TestServer();

  private final String user = Fresh.user().value();
  private final String id = Fresh.thread().value();
  private final String thread = "/v1/threads/" + id;
  private final Api service = SERVER.service();
  private final Api person = SERVER.person(user);

  @Test
  void anEndShouldBeGivenShownChangedAndCleared() {
    JsonValue end = JsonValue.of("2040-01-01T00:00:00.000000Z");

    Reply created = service.put(thread, body("2040-01-01T01:00:00.75+01:00")).ok();
    assertThat(created.at("expiresAt")).isEqualTo(end);
    assertThat(service.get(thread).ok().at("expiresAt")).isEqualTo(end);
    assertThat(person.get("/project/thread/" + id).ok().at("expiresAt")).isEqualTo(end);
    JsonObject listed =
        (JsonObject)
            service.get("/v1/users/" + user + "/threads?details=true").ok().listAt("data").get(0);
    assertThat(listed.get("expiresAt")).contains(end);

    assertThat(service.patch(thread, "{\"name\": \"B\"}").ok().at("expiresAt")).isEqualTo(end);
    assertThat(person.patch(thread, "{\"expiresAt\": \"2041-01-01T00:00:00Z\"}").ok().json())
        .extracting(it -> it.get("expiresAt").orElseThrow())
        .isEqualTo(JsonValue.of("2041-01-01T00:00:00.000000Z"));
    assertThat(person.patch(thread, "{\"expiresAt\": null}").ok().json().get("expiresAt"))
        .isEmpty();
    assertThat(service.get(thread).ok().json().get("expiresAt")).isEmpty();
  }

  @Test
  void whatIsNoTimeAndOurOwnNameShouldBeRefused() {
    service.put(thread, body("2040-01-01T00:00:00Z")).ok();

    for (String wrong : List.of("\"soon\"", "1780272000", "true", "\"\"", "{}")) {
      String body = "{\"expiresAt\": " + wrong + "}";
      assertThat(service.put(thread, body).problem(Code.INVALID).detail())
          .startsWith("expiresAt: must be a time (ISO 8601)");
      assertThat(service.patch(thread, body).problem(Code.INVALID).detail())
          .startsWith("expiresAt: must be a time (ISO 8601)");
    }
    String own = "{\"threadkeepExpiresAt\": 1}";
    assertThat(service.put(thread, own).problem(Code.INVALID).detail())
        .isEqualTo("threadkeepExpiresAt: is reserved");
    assertThat(service.patch(thread, own).problem(Code.INVALID).detail())
        .isEqualTo("threadkeepExpiresAt: is reserved");
    assertThat(service.get(thread).ok().at("expiresAt"))
        .isEqualTo(JsonValue.of("2040-01-01T00:00:00.000000Z"));
  }

  @Test
  void aThreadThatHasExpiredShouldBeFoundByNobody() {
    service.put(thread, body(SERVER.clock.instant().plus(SHORT).toString())).ok();
    service.put(thread + "/steps/s", "{\"type\": \"user_message\", \"output\": \"A\"}").ok();
    service.put(thread + "/elements/e", "{\"type\": \"text\"}").ok();
    person.put("/project/thread/share", "{\"threadId\": \"" + id + "\", \"isShared\": true}").ok();
    service.get(thread + "/steps/s").ok();
    SERVER.anybody().get("/project/share/" + id).ok();

    SERVER.clock.advance(SHORT);

    for (Api caller : List.of(service, person)) {
      for (String path :
          List.of("", "/author", "/steps", "/steps/s", "/elements/e", "/elements/e/content")) {
        caller.get(thread + path).problem(Code.NOT_FOUND);
      }
      caller.get("/project/thread/" + id).problem(Code.NOT_FOUND);
      caller.patch(thread, "{\"expiresAt\": null}").problem(Code.NOT_FOUND);
      assertThat(caller.get("/v1/users/" + user + "/threads").ok().listAt("data")).isEmpty();
    }
    SERVER.anybody().get("/project/share/" + id).problem(Code.NOT_FOUND);
    person.put(thread, "{}").problem(Code.NOT_FOUND);
    service.put(thread, "{}").problem(Code.CONFLICT);
    service.delete(thread).done();
    person.put(thread, "{}").ok();
    assertThat(person.get(thread).ok().listAt("steps")).isEmpty();
  }

  @Test
  void aNewThreadShouldHaveTheEndThatIsConfigured() {
    Instant end = BY_DEFAULT.clock.instant().plus(WEEK).truncatedTo(ChronoUnit.SECONDS);

    Reply created = BY_DEFAULT.service().put(thread, "{\"userId\": \"" + user + "\"}").ok();

    assertThat(created.at("expiresAt")).isEqualTo(JsonValue.of(Timestamp.of(end).text()));
  }

  @Test
  void whereThreadsStayAnEndShouldNotBeConfigured() {
    Api caller = STAYING.service();
    assertThat(
            caller.put(thread, body("2040-01-01T00:00:00Z")).problem(Code.NOT_CONFIGURED).detail())
        .isEqualTo("threads do not expire on this server");
    assertThat(caller.put(thread, "{}").ok().json().get("expiresAt")).isEmpty();
    caller.patch(thread, "{\"expiresAt\": \"2040-01-01T00:00:00Z\"}").problem(Code.NOT_CONFIGURED);
    caller.patch(thread, "{\"expiresAt\": null}").ok();
  }

  private String body(String end) {
    return JsonText.write(
        JsonObject.of("userId", JsonValue.of(user)).with("expiresAt", JsonValue.of(end)));
  }
}
