package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of threads with a feedback, and of favourite steps. */
class ListsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String user = Fresh.user().value();
  private final String liked = Fresh.thread().value();
  private final String disliked = Fresh.thread().value();
  private final Api person = SERVER.person(user);

  @BeforeEach
  void rateTwoOfThreeThreads() {
    person.get("/user").ok();
    for (String thread : List.of(liked, disliked, Fresh.thread().value())) {
      person.put("/v1/threads/" + thread, "{\"name\": \"Trip\"}").ok();
      person.put("/v1/threads/" + thread + "/steps/s", "{\"output\": \"Rösti.\"}").ok();
    }
    rate(liked, 1);
    rate(disliked, 0);
  }

  @Test
  void row10_theFrontEndShouldFindThreadsByTheirFeedback() {
    assertThat(ids(frontEnd("1"))).containsExactly(liked);
    assertThat(ids(frontEnd("0"))).containsExactly(disliked);
    assertThat(ids(frontEnd("null"))).hasSize(3);

    rate(liked, 0);

    assertThat(ids(frontEnd("1"))).isEmpty();
    assertThat(ids(frontEnd("0"))).containsExactlyInAnyOrder(liked, disliked);
  }

  @Test
  void row10_theServiceShouldFindThreadsByTheirFeedback() {
    String list = "/v1/users/" + user + "/threads?feedback=";

    assertThat(ids(SERVER.service().get(list + 1).ok())).containsExactly(liked);
    assertThat(ids(SERVER.service().get(list + "0&details=true").ok())).containsExactly(disliked);
    assertThat(ids(SERVER.service().get(list + "1&search=trip").ok())).containsExactly(liked);
    assertThat(ids(SERVER.service().get(list + "1&search=nowhere").ok())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"1\"", "true", "-1", "0.5"})
  void aFeedbackThatIsNoneShouldBeInvalid(String feedback) {
    person.post("/project/threads", list(feedback)).problem(Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "up", "true", "-1"})
  void aFeedbackParameterThatIsNoneShouldBeMalformed(String feedback) {
    assertThat(
            SERVER
                .service()
                .sendUnchecked(
                    "GET",
                    "/v1/users/" + user + "/threads?feedback=" + feedback,
                    BodyPublishers.noBody())
                .problem(Code.MALFORMED)
                .detail())
        .isEqualTo("query parameter feedback: must be 0 or 1");
  }

  @Test
  void favoritesShouldBeMarkedListedAndUnmarked() {
    String step = "/v1/threads/" + liked + "/steps/s";
    person.patch(step, "{\"metadata\": {\"tokens\": 6}}").ok();

    Reply marked = person.put(step + "/favorite").ok();
    assertThat(marked.at("metadata"))
        .isEqualTo(JsonObject.of("tokens", JsonValue.of(6)).with("favorite", JsonValue.of(true)));
    Reply favorites = SERVER.service().get("/v1/users/" + user + "/favorites").ok();
    assertThat(favorites.at("data"))
        .isEqualTo(new JsonValue.Array(List.of(person.get(step).ok().json())));

    person.delete(step + "/favorite").ok();
    assertThat(ids(person.get("/v1/users/" + user + "/favorites").ok())).isEmpty();
  }

  @Test
  void anUnknownStepShouldBecomeNoFavorite() {
    person.put("/v1/threads/" + liked + "/steps/nowhere/favorite").problem(Code.NOT_FOUND);
    person.delete("/v1/threads/" + liked + "/steps/nowhere/favorite").problem(Code.NOT_FOUND);
  }

  private void rate(String thread, int value) {
    person
        .put(
            "/feedback",
            "{\"feedback\": {\"forId\": \"s\", \"threadId\": \"%s\", \"value\": %d}}"
                .formatted(thread, value))
        .ok();
  }

  private Reply frontEnd(String feedback) {
    return person.post("/project/threads", list(feedback)).ok();
  }

  private static String list(String feedback) {
    return "{\"pagination\": {\"first\": 5}, \"filter\": {\"feedback\": " + feedback + "}}";
  }

  private static List<String> ids(Reply list) {
    return ((JsonValue.Array) list.at("data"))
        .items().stream()
            .map(it -> ((JsonValue.Text) ((JsonObject) it).get("id").orElseThrow()).value())
            .toList();
  }
}
