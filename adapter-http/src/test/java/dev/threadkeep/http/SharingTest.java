package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads that their owners share. */
class SharingTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @RegisterExtension
  static final TestServer BEHIND_A_PROXY =
      new TestServer(config -> config.publicUrl(URI.create("https://chat.test/")));

  private final String owner = "owner-" + Fresh.text();
  private final String thread = Fresh.thread().value();
  private final Api person = SERVER.person(owner);

  @BeforeEach
  void chat() {
    chat(person);
  }

  private void chat(Api api) {
    api.put(
            "/v1/threads/" + thread,
            "{\"name\": \"Trip\", \"tags\": [\"secret\"], \"metadata\": {\"chat_profile\":"
                + " \"secret\"}, \"later\": \"secret\"}")
        .ok();
    api.put(
            "/v1/threads/" + thread + "/steps/question",
            "{\"type\": \"user_message\", \"name\": \"%s\", \"output\": \"Where to?\","
                    .formatted(owner)
                + " \"metadata\": {\"ip\": \"secret\"}, \"later\": \"secret\"}")
        .ok();
    api.put(
            "/v1/threads/" + thread + "/steps/z-answer",
            "{\"type\": \"assistant_message\", \"name\": \"bot\", \"output\": \"Zürich.\","
                + " \"generation\": {\"prompt\": \"secret\"}, \"tags\": [\"secret\"]}")
        .ok();
    api.put(
            "/v1/threads/" + thread + "/steps/z-answer/feedback",
            "{\"value\": 1, \"comment\": \"secret\"}")
        .ok();
    api.upload("/v1/threads/" + thread + "/elements/a%2Fb/content", "image/png", new byte[] {1, 2})
        .ok();
    api.put(
            "/v1/threads/" + thread + "/elements/link",
            "{\"type\": \"image\", \"url\": \"https://example.org/a.png\", \"name\": \"map\"}")
        .ok();
    api.put(
            "/v1/threads/" + thread + "/elements/script",
            "{\"type\": \"image\", \"url\": \"javascript:alert(1)\", \"chainlitKey\": \"secret\"}")
        .ok();
  }

  @Test
  void aThreadShouldBeSharedWithWhoeverHasTheLink() {
    share(true);

    JsonObject seen = SERVER.anybody().get("/project/share/" + thread).ok().json();

    JsonObject metadata = (JsonObject) seen.get("metadata").orElseThrow();
    assertThat(metadata.members()).containsOnlyKeys("is_shared", "shared_at");
    assertThat(metadata.get("is_shared")).contains(JsonValue.of(true));
    assertThat(text(seen, "name")).contains("Trip");
    assertThat(text(item(seen, "steps", 0), "output")).contains("Where to?");
    assertThat(text(item(seen, "steps", 1), "output")).contains("Zürich.");
    assertThat(text(item(seen, "steps", 1), "name")).contains("bot");
    assertThat(text(item(seen, "elements", 1), "url")).contains("https://example.org/a.png");
  }

  @Test
  void row39_theViewShouldSayNothingOfTheOwner() {
    person
        .put(
            "/v1/threads/" + thread + "/steps/z-note",
            "{\"type\": \"of_a_newer_writer\", \"name\": \"%s\"}".formatted(owner))
        .ok();
    share(true);

    String seen = JsonText.write(SERVER.anybody().get("/project/share/" + thread).ok().json());

    assertThat(seen)
        .doesNotContain(owner, "secret", "javascript", "objectKey", "feedback", "userId");
  }

  @Test
  void row39_itsFilesShouldBeServedByTheServerAsLongAsItIsShared() {
    share(true);
    String url =
        text(
                item(SERVER.anybody().get("/project/share/" + thread).ok().json(), "elements", 0),
                "url")
            .orElseThrow();
    assertThat(url).isEqualTo("/project/share/" + thread + "/element/a%2Fb");

    assertThat(SERVER.anybody().download(url).text()).isEqualTo("\u0001\u0002");
    share(false);

    SERVER.anybody().get(url).problem(Code.NOT_FOUND);
    share(true);
    assertThat(SERVER.anybody().download(url).text()).isEqualTo("\u0001\u0002");
    person.delete("/v1/threads/" + thread);
    SERVER.anybody().get(url).problem(Code.NOT_FOUND);
  }

  @Test
  void aSharedThreadShouldGiveNoFilesOfOthersAndNoneThatAreNotThere() {
    share(true);
    String other = Fresh.thread().value();
    person.put("/v1/threads/" + other, "{}").ok();
    person.upload("/v1/threads/" + other + "/elements/e/content", "image/png", new byte[1]).ok();

    for (String element : new String[] {"e", "link", "nowhere", "..%2F" + other + "%2Fe"}) {
      SERVER
          .anybody()
          .get("/project/share/" + thread + "/element/" + element)
          .problem(Code.NOT_FOUND);
    }
    SERVER.anybody().get("/project/share/" + other + "/element/e").problem(Code.NOT_FOUND);
  }

  @Test
  void aThreadThatIsNotSharedShouldLookAsIfItWereNotThere() {
    String detail =
        SERVER.anybody().get("/project/share/" + thread).problem(Code.NOT_FOUND).detail();
    assertThat(SERVER.anybody().get("/project/share/nowhere").problem(Code.NOT_FOUND).detail())
        .isEqualTo(detail.replace(thread, "nowhere"));

    share(true);
    share(false);

    SERVER.anybody().get("/project/share/" + thread).problem(Code.NOT_FOUND);
    JsonObject metadata = (JsonObject) person.get("/v1/threads/" + thread).ok().at("metadata");
    assertThat(metadata.get("is_shared")).contains(JsonValue.of(false));
    assertThat(metadata.get("shared_at")).isEmpty();
    assertThat(text(metadata, "chat_profile")).contains("secret");
  }

  @Test
  void row2_aSessionThatEndsShouldNotEndTheSharing() {
    share(true);

    person.patch("/v1/threads/" + thread, "{\"metadata\": {\"chat_profile\": \"gpt\"}}").ok();

    SERVER.anybody().get("/project/share/" + thread).ok();
  }

  @Test
  void whatIsWrittenMeanwhileShouldBeSeen() {
    share(true);

    person.put("/v1/threads/" + thread + "/steps/zz", "{\"output\": \"More.\"}").ok();

    JsonObject seen = SERVER.anybody().get("/project/share/" + thread).ok().json();
    assertThat(text(item(seen, "steps", 2), "output")).contains("More.");
  }

  @Test
  void addressesShouldBeginWithTheOneThatBrowsersUse() {
    chat(BEHIND_A_PROXY.person(owner));
    BEHIND_A_PROXY.person(owner).put("/project/thread/share", body(true)).ok();

    JsonObject seen = BEHIND_A_PROXY.anybody().get("/project/share/" + thread).ok().json();

    assertThat(text(item(seen, "elements", 0), "url"))
        .contains("https://chat.test/project/share/" + thread + "/element/a%2Fb");
  }

  @Test
  void whetherToShareShouldBeSaid() {
    person.put("/project/thread/share", "{\"threadId\": \"t\"}").problem(Code.INVALID);
    person
        .put("/project/thread/share", "{\"threadId\": \"t\", \"isShared\": \"yes\"}")
        .problem(Code.INVALID);
    SERVER.anybody().put("/project/thread/share", body(true)).problem(Code.UNAUTHENTICATED);
  }

  private void share(boolean isShared) {
    person.put("/project/thread/share", body(isShared)).ok();
  }

  private String body(boolean isShared) {
    return "{\"threadId\": \"%s\", \"isShared\": %s}".formatted(thread, isShared);
  }

  private static JsonObject item(JsonObject seen, String list, int index) {
    return (JsonObject) ((JsonValue.Array) seen.get(list).orElseThrow()).items().get(index);
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name).map(it -> ((JsonValue.Text) it).value());
  }
}
