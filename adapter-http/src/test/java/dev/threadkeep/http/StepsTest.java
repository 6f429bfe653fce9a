package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps in the service API, one by one and many at once. */
class StepsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String thread = "/v1/threads/" + Fresh.thread().value();
  private final Api service = SERVER.service();

  @BeforeEach
  void createThread() {
    service.put(thread, "{\"userId\": \"ada\"}").ok();
  }

  private static String batch(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> String.format("{\"id\": \"s-%03d\", \"output\": \"o\"}", i))
        .collect(Collectors.joining(",", "{\"steps\": [", "]}"));
  }

  @Test
  void putShouldCreateOrMerge() {
    String step = thread + "/steps/s";
    Reply created =
        service
            .put(
                step,
                "{\"type\": \"assistant_message\", \"output\": \"hello\", \"showInput\": \"json\","
                    + " \"metadata\": {\"a\": 12345678901234567890}, \"later\": [1, null]}")
            .ok();

    Reply repeated = service.put(step, "{\"output\": \"\", \"metadata\": {\"b\": 1}}").ok();

    assertThat(repeated.textAt("output")).isEqualTo("hello");
    assertThat(repeated.at("metadata"))
        .isEqualTo(JsonText.parse("{\"a\": 12345678901234567890, \"b\": 1}"));
    assertThat(repeated.at("later")).isEqualTo(JsonText.parse("[1, null]"));
    assertThat(repeated.at("createdAt")).isEqualTo(created.at("createdAt"));
    assertThat(service.get(step).ok().json()).isEqualTo(repeated.json());
  }

  @Test
  void patchShouldClearWhatIsNullAndLeaveWhatIsAbsent() {
    String step = thread + "/steps/s";
    service.put(step, "{\"output\": \"a\", \"input\": \"b\", \"later\": 1}").ok();

    Reply patched = service.patch(step, "{\"output\": null, \"isError\": true}").ok();

    assertThat(patched.json().get("output")).isEmpty();
    assertThat(patched.textAt("input")).isEqualTo("b");
    assertThat(patched.at("later")).isEqualTo(JsonValue.of(1));
    service.patch(thread + "/steps/none", "{\"output\": \"x\"}").problem(Code.NOT_FOUND);
    service.get(thread + "/steps/none").problem(Code.NOT_FOUND);
  }

  @Test
  void stepMayComeBeforeItsThread() {
    String early = "/v1/threads/" + Fresh.thread().value();

    service.put(early + "/steps/s", "{\"output\": \"first\"}").ok();

    service.get(early + "/steps/s").ok();
    service.get(early).problem(Code.NOT_FOUND);
    service.delete(early).done();
    service.get(early + "/steps/s").problem(Code.NOT_FOUND);
  }

  @Test
  void deleteShouldTakeElementsAlong() {
    service.put(thread + "/steps/s", "{\"output\": \"x\"}").ok();
    service.put(thread + "/elements/e", "{\"forId\": \"s\"}").ok();

    service.delete(thread + "/steps/s").done();

    service.get(thread + "/elements/e").problem(Code.NOT_FOUND);
    service.delete(thread + "/steps/s").problem(Code.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"feedback": {"value": 1}}  | feedback: is reserved
          {"PK": "x"}                 | PK: is reserved
          {"UserThreadSK": "x"}       | UserThreadSK: is reserved
          {"threadkeepOutput": "x"}   | threadkeepOutput: is reserved
          {"updatedAt": "x"}          | updatedAt: is reserved
          {"objectKey": "x"}          | objectKey: is reserved
          {"output": 7}               | output: must be a text
          {"streaming": "no"}         | streaming: must be true or false
          {"metadata": []}            | metadata: must be an object
          {"tags": ["a", 1]}          | tags: must be a list of texts
          {"createdAt": "yesterday"}  | createdAt: must be a time
          """)
  void putAndPatchShouldRefuseWhatBreaksARule(String body, String detail) {
    service.put(thread + "/steps/s", "{\"output\": \"before\"}").ok();
    int writes = SERVER.store.writes().size();

    assertThat(service.put(thread + "/steps/s", body).problem(Code.INVALID).detail())
        .startsWith(detail);
    service.patch(thread + "/steps/s", body).problem(Code.INVALID);
    assertThat(
            service
                .post(
                    thread + "/steps",
                    "{\"steps\": [{\"id\": \"a\"}, "
                        + body.replaceFirst("\\{", "{\"id\": \"s\", ")
                        + "]}")
                .problem(Code.INVALID)
                .detail())
        .startsWith("steps[1]." + detail);

    assertThat(service.get(thread + "/steps/s").ok().textAt("output")).isEqualTo("before");
    service.get(thread + "/steps/a").problem(Code.NOT_FOUND);
    assertThat(SERVER.store.writes().subList(writes, SERVER.store.writes().size()))
        .doesNotContain("upsert", "upsertAll");
  }

  @Test
  void listShouldGiveAllInTheOrderOfTheirIds() {
    service.post(thread + "/steps", batch(50, 120)).ok();
    service.post(thread + "/steps", batch(0, 50)).ok();

    Reply first = service.get(thread + "/steps?first=100").ok();
    String cursor = Api.segment(first.textAt("pageInfo/endCursor"));
    Reply second = service.get(thread + "/steps?first=100&cursor=" + cursor).ok();

    assertThat(first.listAt("data")).hasSize(100);
    assertThat(first.textAt("data/99/id")).isEqualTo("s-099");
    assertThat(second.listAt("data")).hasSize(20);
    assertThat(second.at("pageInfo/hasNextPage")).isEqualTo(JsonValue.of(false));
    service.get(thread + "/steps?cursor=x").problem(Code.MALFORMED);
  }

  @Test
  void batchShouldTellWhatBecameOfEach() {
    Reply reply = service.post(thread + "/steps", batch(0, 100)).ok();

    List<JsonValue> results = reply.listAt("results");
    assertThat(results).hasSize(100);
    assertThat(results.get(99)).isEqualTo(JsonText.parse("{\"id\": \"s-099\", \"status\": 200}"));
    assertThat(service.post(thread + "/steps", "{\"steps\": []}").ok().listAt("results")).isEmpty();
  }

  @Test
  void batchShouldBeRefusedWholeForOneInvalidStep() {
    String tooMany = batch(0, 101);
    String twice = batch(0, 3).replace("s-002", "s-000");
    String noId = "{\"steps\": [{\"id\": \"a\"}, {\"output\": \"x\"}]}";
    String otherThread = "{\"steps\": [{\"id\": \"a\"}, {\"id\": \"b\", \"threadId\": \"x\"}]}";

    assertThat(service.post(thread + "/steps", tooMany).problem(Code.INVALID).detail())
        .isEqualTo("steps: 101 steps, at most 100");
    assertThat(service.post(thread + "/steps", twice).problem(Code.INVALID).detail())
        .startsWith("steps[2]");
    assertThat(service.post(thread + "/steps", noId).problem(Code.INVALID).detail())
        .startsWith("steps[1].");
    assertThat(service.post(thread + "/steps", otherThread).problem(Code.INVALID).detail())
        .startsWith("steps[1].threadId: ");
    service.post(thread + "/steps", "{}").problem(Code.INVALID);
    service.post(thread + "/steps", "{\"steps\": {}}").problem(Code.INVALID);
    service.post(thread + "/steps", "{\"steps\": [7]}").problem(Code.INVALID);
    service.post(thread + "/steps", "[]").problem(Code.INVALID);

    assertThat(service.get(thread).ok().listAt("steps")).isEmpty();
  }

  @Test
  void batchShouldNameTheTooLargeOutput() {
    String large = "x".repeat(16 * 1024 * 1024 + 1);
    String body = "{\"steps\": [{\"id\": \"a\"}, {\"id\": \"b\", \"output\": \"" + large + "\"}]}";

    Reply reply = service.sendUnchecked("POST", thread + "/steps", BodyPublishers.ofString(body));

    assertThat(reply.problem(Code.TOO_LARGE).detail())
        .isEqualTo("steps[1].output: 16,777,217 bytes, at most 16,777,216");
    assertThat(service.get(thread).ok().json().get("steps")).contains(JsonText.parse("[]"));
  }
}
