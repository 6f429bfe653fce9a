package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the server answered. */
record Reply(int status, HttpHeaders headers, String text) {
  JsonObject json() {
    return (JsonObject) JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The value at a path of names and indexes: {@code data/0/name}. */
  JsonValue at(String path) {
    JsonValue value = json();
    for (String step : path.split("/", -1)) {
      value =
          value instanceof JsonValue.Array array
              ? array.items().get(Integer.parseInt(step))
              : ((JsonObject) value)
                  .get(step)
                  .orElseThrow(() -> new AssertionError("no " + path + " in " + text));
    }
    return value;
  }

  String textAt(String path) {
    return ((JsonValue.Text) at(path)).value();
  }

  List<JsonValue> listAt(String path) {
    return ((JsonValue.Array) at(path)).items();
  }

  /** The same, with something in the place of the file that it brings, if it does. */
  Reply withoutFile() {
    if (status != 200 && status != 206) {
      return this;
    }
    Map<String, List<String>> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    others.putAll(headers.map());
    others.put("Content-Type", List.of(Api.BYTES));
    return new Reply(status, HttpHeaders.of(others, (name, value) -> true), "the file");
  }

  Reply ok() {
    assertThat(status).as(text).isEqualTo(200);
    assertThat(header("Content-Type")).isEqualTo("application/json");
    return this;
  }

  void done() {
    assertThat(status).as(text).isEqualTo(204);
    assertThat(text).isEmpty();
  }

  /** That it is a problem in the form of all problems. */
  Reply problem(Code code) {
    return problem(code.status(), code.name());
  }

  Reply problem(int expected, String code) {
    assertThat(status).as(text).isEqualTo(expected);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(json().members())
        .containsOnlyKeys("type", "title", "status", "detail", "code")
        .containsEntry("status", JsonValue.of(expected))
        .containsEntry("code", JsonValue.of(code));
    assertThat(header("X-Request-Id")).isNotEmpty();
    assertThat(header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(text).doesNotContain("Exception", "\tat ", ".java");
    return this;
  }

  String detail() {
    return textAt("detail");
  }
}
