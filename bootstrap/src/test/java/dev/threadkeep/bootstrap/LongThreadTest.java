package dev.threadkeep.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.DynamoDbLocal;
import dev.threadkeep.json.JsonText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that many read at once, together more than the memory that the server has. */
class LongThreadTest {
  private static final int READERS = 10;
  private static final int STEPS_AT_ONCE = 100;
  private static final String TEXT = "So it is. ".repeat(200);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  /** Where the thread is, how long it is, and how much memory there is. */
  enum Store {
    LOCAL(10_000, "-Xmx128m"),
    /** Smaller, because DynamoDB Local reads all that is left of a thread for each of its pages. */
    DYNAMODB(1_500, "-Xmx64m");

    private final int steps;
    private final String heap;

    Store(int steps, String heap) {
      this.steps = steps;
      this.heap = heap;
    }

    Map<String, String> environment() {
      Map<String, String> environment =
          new HashMap<>(
              this == LOCAL
                  ? Map.of("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN)
                  : Engine.environment(DynamoDbLocal.createTable()));
      environment.put("THREADKEEP_REQUEST_TIMEOUT", "10m");
      return environment;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongThreadShouldBeReadByManyAtOnce(Store store) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, store.environment(), store.heap)) {
      String address = server.address();
      String thread = address + "/v1/threads/long";
      send(request(thread).PUT(BodyPublishers.ofString("{\"userId\": \"ada\"}")));
      for (int first = 0; first < store.steps; first += STEPS_AT_ONCE) {
        send(request(thread + "/steps").POST(BodyPublishers.ofString(steps(first))));
      }

      byte[] whole = send(request(thread));
      assertThat(ids(whole)).isEqualTo(IntStream.range(0, store.steps).boxed().toList());
      for (String path : List.of("/v1/threads/long", "/project/thread/long")) {
        assertThat(readByMany(address + path)).as(path).containsOnly(digest(whole));
      }
      assertThat(server.output()).doesNotContain("OutOfMemory", "WARN", "ERROR");
    }
  }

  /** Of each answer a digest: this JVM has not the memory for all of them, either. */
  private static List<String> readByMany(String address) {
    List<CompletableFuture<String>> answers =
        Stream.generate(
                () ->
                    CLIENT
                        .sendAsync(request(address).build(), BodyHandlers.ofByteArray())
                        .thenApply(answer -> digest(answer.body())))
            .limit(READERS)
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static String digest(byte[] bytes) {
    return UUID.nameUUIDFromBytes(bytes).toString();
  }

  /** Their order in time is not that of their ids. */
  private static String steps(int first) {
    return IntStream.range(first, first + STEPS_AT_ONCE)
        .mapToObj(LongThreadTest::step)
        .collect(Collectors.joining(",", "{\"steps\": [", "]}"));
  }

  private static String step(int number) {
    return """
        {"id": "%d-%d", "name": "ada", "type": "user_message", "output": "%s",
         "createdAt": "2026-03-01T%02d:%02d:%02dZ", "metadata": {"a": 1}}"""
        .formatted(
            number * 7919 % 10_007, number, TEXT, number / 3600, number / 60 % 60, number % 60);
  }

  private static List<Integer> ids(byte[] thread) {
    JsonObject json = (JsonObject) JsonText.parse(new String(thread, UTF_8));
    return ((JsonValue.Array) json.get("steps").orElseThrow())
        .items().stream()
            .map(step -> ((JsonValue.Text) ((JsonObject) step).get("id").orElseThrow()).value())
            .map(id -> Integer.valueOf(id.substring(id.indexOf('-') + 1)))
            .toList();
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", "Bearer " + Engine.SERVICE_TOKEN)
        .header("Content-Type", "application/json");
  }

  private static byte[] send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
