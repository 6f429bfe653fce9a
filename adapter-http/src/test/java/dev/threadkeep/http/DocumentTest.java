package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The document says what the server does, and the judge that holds both together is awake. */
class DocumentTest {
  @RegisterExtension static final TestServer SERVER = TestServer.ofFiles(config -> config);

  private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

  @Test
  void everyRouteShouldBeDocumentedAndEveryDocumentedOneRegistered() {
    Set<String> documented = new TreeSet<>();
    JsonObject paths = (JsonObject) document().get("paths").orElseThrow();
    paths
        .members()
        .forEach(
            (path, item) ->
                ((JsonObject) item)
                    .members().keySet().stream()
                        .filter(VERBS::contains)
                        .map(verb -> verb.toUpperCase(Locale.ROOT) + " " + path)
                        .forEach(documented::add));
    Set<String> registered = new TreeSet<>();
    SERVER.server.routes().forEach(route -> registered.add(route.method() + " " + route.path()));

    assertThat(registered).isEqualTo(documented).hasSizeGreaterThan(40);
  }

  @Test
  void everyOperationShouldHaveADistinctName() {
    List<String> names =
        operations().stream().map(it -> it.get("operationId").orElseThrow().toString()).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(40);
  }

  @Test
  void documentShouldBeServedToEverybody() {
    Reply reply = SERVER.anybody().get("/openapi.json").ok();

    assertThat(reply.text()).isEqualTo(Document.text());
  }

  @Test
  void answerOfAnotherTypeShouldBeCaught() {
    Reply planted = reply("{\"id\": 7, \"identifier\": \"ada\"}");

    assertThat(problems("GET", "/v1/users/ada", Optional.empty(), planted))
        .singleElement()
        .asString()
        .contains("/id");
  }

  @Test
  void answerWithoutARequiredMemberShouldBeCaught() {
    assertThat(problems("GET", "/v1/users/ada", Optional.empty(), reply("{\"id\": \"ada\"}")))
        .isNotEmpty();
  }

  @Test
  void typeChangedInTheDocumentShouldBeCaught() {
    String changed =
        Document.text()
            .replaceAll("(\"hasNextPage\": \\{\\s*\"type\": )\"boolean\"", "$1\"string\"");
    String page =
        "{\"pageInfo\": {\"hasNextPage\": false, \"startCursor\": null, \"endCursor\": null},"
            + " \"data\": []}";

    assertThat(changed).isNotEqualTo(Document.text());
    assertThat(
            new Document(changed)
                .problems("GET", "/v1/users/ada/threads", bearer(), Optional.empty(), reply(page)))
        .isNotEmpty();
    assertThat(problems("GET", "/v1/users/ada/threads", Optional.empty(), reply(page))).isEmpty();
  }

  @Test
  void requestOfAnotherTypeShouldBeCaught() {
    Reply good = reply("{\"success\": true}");

    assertThat(
            problems(
                "PUT", "/project/thread", Optional.of("{\"threadId\": 7, \"name\": \"\"}"), good))
        .isNotEmpty();
    assertThat(
            problems(
                "PUT",
                "/project/thread",
                Optional.of("{\"threadId\": \"t\", \"name\": \"\"}"),
                good))
        .isEmpty();
  }

  private static List<String> problems(
      String method, String path, Optional<String> body, Reply reply) {
    return Document.INSTANCE.problems(method, path, bearer(), body, reply);
  }

  private static Map<String, String> bearer() {
    return Map.of("Authorization", "Bearer x");
  }

  private static Reply reply(String json) {
    return new Reply(
        200,
        HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true),
        json);
  }

  private static JsonObject document() {
    return (JsonObject) JsonText.parse(Document.text());
  }

  private static List<JsonObject> operations() {
    return ((JsonObject) document().get("paths").orElseThrow())
        .members().values().stream()
            .flatMap(item -> ((JsonObject) item).members().entrySet().stream())
            .filter(member -> VERBS.contains(member.getKey()))
            .map(Map.Entry::getValue)
            .map((JsonValue it) -> (JsonObject) it)
            .toList();
  }
}
