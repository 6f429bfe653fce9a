package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Chainlit's own data layer wrote is served as its own server serves it. */
class FixtureTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static final Fixture FIXTURE = new Fixture();
  private static final String LIST = "{\"pagination\": {\"first\": 100}, \"filter\": {}}";

  @BeforeAll
  static void load() {
    FIXTURE.load(SERVER.memory);
  }

  static Stream<Map.Entry<String, JsonObject>> conversations() {
    return FIXTURE.conversations().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void threadShouldBeWhatChainlitGives(Map.Entry<String, JsonObject> conversation) {
    String owner = ((JsonValue.Text) conversation.getValue().get("userId").orElseThrow()).value();

    Reply reply = SERVER.person(owner).get("/project/thread/" + conversation.getKey()).ok();

    assertThat(rounded(reply.json())).isEqualTo(rounded(conversation.getValue()));
    assertThat(order(reply.json(), "steps")).isEqualTo(order(conversation.getValue(), "steps"));
    assertThat(order(reply.json(), "elements"))
        .isEqualTo(order(conversation.getValue(), "elements"));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void keyAttributesShouldNotReachTheBrowser(Map.Entry<String, JsonObject> conversation) {
    assertThat(SERVER.service().get("/project/thread/" + conversation.getKey()).ok().text())
        .doesNotContain("\"PK\"", "\"SK\"", "UserThreadPK", "UserThreadSK");
  }

  @Test
  void everyThreadShouldBeListedTheNamelessOnesIncluded() {
    Reply reply = SERVER.person("alice").post("/project/threads", LIST).ok();

    assertThat(names(reply))
        .containsExactlyInAnyOrder(
            JsonValue.of("Plan a trip to Zürich"),
            JsonValue.of("Why is the sky blue?"),
            JsonValue.of(""),
            JsonValue.of("データ分析"),
            JsonValue.Null.NULL);
    assertThat(times(reply)).isSortedAccordingTo((a, b) -> b.compareTo(a)).hasSize(5);
    assertThat(reply.text()).doesNotContain("UserThread");
  }

  @Test
  void numbersShouldBeExact() {
    Reply reply =
        SERVER.person("alice").get("/project/thread/d23f0824-128b-4f33-8c5c-7fd0a6a3a450").ok();

    assertThat(reply.text()).contains("\"big\":12345678901234567890").contains("\"t\":3,");
  }

  private static List<JsonValue> names(Reply list) {
    return list.listAt("data").stream()
        .map(thread -> ((JsonObject) thread).get("name").orElseThrow())
        .toList();
  }

  private static List<String> times(Reply list) {
    return list.listAt("data").stream()
        .map(thread -> ((JsonObject) thread).get("createdAt").orElseThrow())
        .map(time -> ((JsonValue.Text) time).value())
        .toList();
  }

  private static List<JsonValue> order(JsonObject conversation, String list) {
    return ((JsonValue.Array) conversation.get(list).orElseThrow())
        .items().stream().map(it -> ((JsonObject) it).get("id").orElseThrow()).toList();
  }

  /** Python makes a float of every number; so it is compared as one. */
  private static JsonValue rounded(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, JsonValue> members = new TreeMap<>();
      object.members().forEach((name, member) -> members.put(name, rounded(member)));
      return new JsonObject(members);
    } else if (value instanceof JsonValue.Array array) {
      return new JsonValue.Array(array.items().stream().map(FixtureTest::rounded).toList());
    } else if (value instanceof JsonValue.Num number) {
      return JsonValue.of(BigDecimal.valueOf(number.value().doubleValue()));
    }
    return value;
  }
}
