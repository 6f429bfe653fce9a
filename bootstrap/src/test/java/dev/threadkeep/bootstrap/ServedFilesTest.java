package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the whole server, as it is configured. */
class ServedFilesTest {
  private static final String CONTENT = "/v1/threads/t/elements/e/content";

  @TempDir private Path folder;

  @Test
  void filesShouldBeStoredAndServedAsConfigured() throws Exception {
    Map<String, String> environment =
        Map.of(
            "THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN,
            "THREADKEEP_FILES_PREFIX", "chat/",
            "THREADKEEP_MAX_UPLOAD", "1KB");
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      HttpResponse<String> stored = put(server, "bytes");
      HttpResponse<String> served =
          send(HttpRequest.newBuilder(URI.create(server.address() + text(stored, "url"))));

      assertThat(text(stored, "objectKey")).isEqualTo("chat/unknown/t/e");
      assertThat(served.statusCode()).isEqualTo(200);
      assertThat(served.body()).isEqualTo("bytes");
      assertThat(get(server).body()).isEqualTo("bytes");
      assertThat(put(server, "x".repeat(1_025)).statusCode()).isEqualTo(413);
      assertThat(get(server).body()).isEqualTo("bytes");
    }
  }

  @Test
  void withoutFilesThereShouldBeNoContent() throws Exception {
    Map<String, String> environment =
        Map.of("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN, "THREADKEEP_FILES", "none");
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      assertThat(put(server, "bytes").statusCode()).isEqualTo(501);
      assertThat(get(server).statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> put(ServerProcess server, String text) throws Exception {
    return send(content(server).PUT(BodyPublishers.ofString(text)));
  }

  private static HttpResponse<String> get(ServerProcess server) throws Exception {
    return send(content(server));
  }

  private static HttpRequest.Builder content(ServerProcess server) throws InterruptedException {
    return HttpRequest.newBuilder(URI.create(server.address() + CONTENT))
        .header("Authorization", "Bearer " + Engine.SERVICE_TOKEN);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String text(HttpResponse<String> answer, String name) {
    JsonObject json = (JsonObject) JsonText.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    return ((JsonValue.Text) json.get(name).orElseThrow()).value();
  }
}
