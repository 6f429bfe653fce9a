package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user's threads as lines of JSON. */
class ExportTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final String user = Fresh.user().value();
  private final Api person = SERVER.person(user);

  @Test
  void exportShouldBeALineForEachThreadAsTheServiceGivesIt() {
    String one = create();
    String two = create();
    person.put("/v1/threads/" + one + "/steps/s/feedback", "{\"value\": 0}").ok();

    List<String> lines = export("");

    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonObject thread = (JsonObject) JsonText.parse(line);
      String id = ((JsonValue.Text) thread.get("id").orElseThrow()).value();
      assertThat(thread).isEqualTo(person.get("/v1/threads/" + id).ok().json());
      assertThat(List.of(one, two)).contains(id);
    }
    assertThat(export("?feedback=0")).singleElement().asString().contains(one);
    assertThat(export("?feedback=1")).isEmpty();
  }

  @Test
  void exportOfNothingShouldBeEmpty() {
    assertThat(export("")).isEmpty();
  }

  @Test
  void exportShouldBeRefusedAsAnyOtherCall() {
    String path = "/v1/users/" + user + "/export";
    SERVER.person(Fresh.user().value()).get(path).problem(Code.NOT_FOUND);
    SERVER.anybody().get(path).problem(Code.UNAUTHENTICATED);
  }

  @Test
  void anExportThatFailsAtItsBeginningShouldSayWhy() {
    create();
    SERVER.store.answer(CompletableFuture.failedFuture(new IllegalStateException("broken")));

    try {
      person.get("/v1/users/" + user + "/export").problem(Code.INTERNAL);
    } finally {
      SERVER.store.answerItself();
    }
  }

  private String create() {
    String thread = Fresh.thread().value();
    SERVER.clock.tick();
    person.put("/v1/threads/" + thread, "{\"name\": \"Zürich\"}").ok();
    person.put("/v1/threads/" + thread + "/steps/s", "{\"output\": \"a\\nb\"}").ok();
    return thread;
  }

  private List<String> export(String query) {
    Reply reply =
        SERVER
            .service()
            .sendUnchecked("GET", "/v1/users/" + user + "/export" + query, BodyPublishers.noBody());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/jsonl");
    return reply.text().lines().toList();
  }
}
