package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Elements as Chainlit's front end reads and changes them. */
class FrontEndElementsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String user = Fresh.user().value();
  private final String thread = Fresh.thread().value();
  private final Api person = SERVER.person(user);

  @BeforeEach
  void createThread() {
    person.put("/v1/threads/" + thread, "{}").ok();
  }

  /** An element with a file, as Chainlit's data layer stores it. */
  private BlobKey seedFile(String id, String type, String keyEnd) {
    BlobKey key = BlobKey.of(user + "/" + thread + "/" + id + keyEnd);
    SERVER.memory.seedElement(
        (JsonObject)
            JsonText.parse(
                String.format(
                    "{\"id\": \"%s\", \"threadId\": \"%s\", \"type\": \"%s\", \"url\":"
                        + " \"https://stale.example/unsigned\", \"objectKey\": \"%s\"}",
                    id, thread, type, key)));
    return key;
  }

  private String custom(String id, String more) {
    return "{\"element\": {\"id\": \""
        + id
        + "\", \"threadId\": \""
        + thread
        + "\", \"type\": \"custom\", \"name\": \"Chart\", \"display\": \"inline\", \"forId\": \"s\""
        + more
        + "}, \"sessionId\": \"1\"}";
  }

  private String address(String element) {
    return "/project/thread/" + thread + "/element/" + element;
  }

  @Test
  void row33OneElementShouldBeSignedOnEveryRead() {
    BlobKey key = seedFile("e", "image", "");
    String signed = "https://bucket.s3.amazonaws.com/" + key + "?signed";

    assertThat(person.get(address("e")).ok().textAt("url")).isEqualTo(signed);
    assertThat(person.get("/v1/threads/" + thread + "/elements/e").ok().textAt("url"))
        .isEqualTo(signed);
    assertThat(person.get("/project/thread/" + thread).ok().textAt("elements/0/url"))
        .isEqualTo(signed);
  }

  @Test
  void row34OneUrlThatCannotBeSignedShouldNotHideTheRest() {
    seedFile("bad", "image", "-unsignable");
    seedFile("good", "image", "");

    Reply reply = person.get("/project/thread/" + thread).ok();

    assertThat(reply.textAt("elements/0/urlError")).isNotEmpty();
    assertThat(((JsonObject) reply.at("elements/0")).get("url")).isEmpty();
    assertThat(reply.textAt("elements/1/url")).endsWith("?signed");
  }

  @Test
  void row35KeysShouldNeverReachTheBrowser() {
    person.put("/v1/threads/" + thread + "/steps/s", "{\"output\": \"x\"}").ok();
    seedFile("e", "image", "");

    for (String path :
        new String[] {
          "/project/thread/" + thread,
          address("e"),
          "/v1/threads/" + thread,
          "/v1/threads/" + thread + "/steps",
          "/v1/users/" + user + "/threads?details=true"
        }) {
      assertThat(person.get(path).ok().text())
          .doesNotContain("\"PK\"", "\"SK\"", "UserThreadPK", "UserThreadSK");
    }
  }

  @Test
  void customElementShouldBeCreatedAndChanged() {
    assertThat(
            person
                .put("/project/element", custom("e", ", \"props\": {\"rows\": [1, 2.50]}"))
                .ok()
                .text())
        .isEqualTo("{\"success\":true}");
    person.put("/project/element", custom("e", ", \"props\": {\"rows\": [3]}")).ok();

    Reply stored = person.get(address("e")).ok();
    assertThat(stored.at("props")).isEqualTo(JsonText.parse("{\"rows\": [3]}"));
    assertThat(stored.textAt("type")).isEqualTo("custom");
    assertThat(stored.textAt("forId")).isEqualTo("s");
  }

  @Test
  void otherElementsShouldNotBeChanged() {
    BlobKey key = seedFile("e", "image", "");
    String before = person.get(address("e")).ok().text();
    String image = custom("e", "").replace("\"custom\"", "\"image\"");

    for (String body : new String[] {image, custom("e", "")}) {
      assertThat(person.put("/project/element", body).ok().text()).isEqualTo("{\"success\":false}");
      assertThat(person.delete("/project/element", body).ok().text())
          .isEqualTo("{\"success\":false}");
    }

    assertThat(person.get(address("e")).ok().text()).isEqualTo(before);
    assertThat(SERVER.blobs.deleted()).doesNotContain(key);
  }

  @Test
  void customElementShouldBeDeletedWithItsFile() {
    BlobKey key = seedFile("e", "custom", "");

    assertThat(person.delete("/project/element", custom("e", "")).ok().text())
        .isEqualTo("{\"success\":true}");

    person.get(address("e")).problem(Code.NOT_FOUND);
    assertThat(SERVER.blobs.deleted()).contains(key);
    person.delete("/project/element", custom("e", "")).problem(Code.NOT_FOUND);
  }

  @Test
  void row38ElementUpdateShouldBeTheOwnersAndFetchNothing() throws IOException {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> fetched.incrementAndGet());
    other.start();
    String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/secret";
    String more =
        ", \"props\": {}, \"url\": \""
            + url
            + "\", \"path\": \"/etc/passwd\", \"objectKey\": \"eve/t/e\", \"content\": \"x\"";

    SERVER.person("eve").put("/project/element", custom("e", more)).problem(Code.NOT_FOUND);
    person.put("/project/element", custom("e", more)).ok();
    person.put("/v1/threads/" + thread + "/elements/f", "{\"url\": \"" + url + "\"}").ok();
    other.stop(0);

    assertThat(fetched).hasValue(0);
    assertThat(person.get(address("e")).ok().json().members())
        .doesNotContainKeys("url", "path", "objectKey", "content");
    assertThat(person.get(address("f")).ok().textAt("url")).isEqualTo(url);
  }

  @Test
  void elementWithoutItsThreadShouldBeRefused() {
    for (String json :
        new String[] {
          "{}",
          "{\"element\": {}}",
          "{\"element\": {\"type\": \"custom\", \"id\": \"e\"}}",
          "{\"element\": {\"type\": \"custom\", \"threadId\": \"t\"}}",
          "{\"element\": {\"type\": \"custom\", \"id\": 1, \"threadId\": \"t\"}}"
        }) {
      person.put("/project/element", json).problem(Code.INVALID);
      person.delete("/project/element", json).problem(Code.INVALID);
    }
  }

  @Test
  void unknownElementShouldBeNotFound() {
    person.get(address("nowhere")).problem(Code.NOT_FOUND);
    assertThat(person.get("/project/thread/" + thread).ok().at("elements"))
        .isEqualTo(new JsonValue.Array(List.of()));
  }
}
