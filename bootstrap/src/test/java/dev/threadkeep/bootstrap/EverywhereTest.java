package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.contract.LargeStepContract.Large;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.dynamodb.DynamoDbLocal;
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
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole server on each pair of stores: what is large, files, and what is left in the end. */
class EverywhereTest {
  private static final int STEP_BYTES = 5 * 1_024 * 1_024;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  @TempDir private Path folder;

  /** Where a server keeps its data and files. */
  enum Stores {
    LOCAL,
    DYNAMODB_AND_S3,
    DYNAMODB_AND_AZURE,
    DYNAMODB_AND_AZURE_BY_SAS;

    Map<String, String> environment() {
      Map<String, String> dynamoDb = Engine.environment(DynamoDbLocal.createTable());
      return switch (this) {
        case LOCAL -> Map.of("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN);
        case DYNAMODB_AND_S3 -> Engine.withS3(dynamoDb);
        case DYNAMODB_AND_AZURE -> Engine.withAzure(dynamoDb);
        case DYNAMODB_AND_AZURE_BY_SAS -> Engine.withAzureSas(dynamoDb);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLargeShouldGoInAndComeBackToTheByte(Stores stores) throws Exception {
    Map<String, String> environment = stores.environment();
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      String thread = server.address() + "/v1/threads/trip";
      put(thread, "{\"userId\": \"ada\"}");
      String text = Large.text(STEP_BYTES);
      put(thread + "/steps/s", "{\"type\": \"tool\", \"output\": \"" + text + "\"}");
      byte[] file = new byte[3_000_000];
      new Random(1).nextBytes(file);
      String content = thread + "/elements/e/content";
      send(
          request(content)
              .header("Content-Type", "image/png")
              .PUT(BodyPublishers.ofByteArray(file)),
          200);

      assertThat(text(json(get(thread + "/steps/s")), "output")).isEqualTo(text);
      JsonObject whole = json(get(thread));
      assertThat(text(first(whole, "steps"), "output")).isEqualTo(text);
      assertThat(get(content)).isEqualTo(file);
      URI signed = URI.create(thread).resolve(text(first(whole, "elements"), "url"));
      HttpResponse<byte[]> served = send(HttpRequest.newBuilder(signed), 200);
      assertThat(served.body()).isEqualTo(file);
      assertThat(served.headers().firstValue("Content-Type")).contains("image/png");
      assertThat(server.output()).doesNotContain("WARN", "ERROR");

      server.stop();
    }
    assertThat(ServerProcess.doctor(folder, environment))
        .startsWith("0 ")
        .contains("everything is in order");
    try (ServerProcess server = ServerProcess.start(folder, environment)) {
      send(request(server.address() + "/v1/threads/trip").DELETE(), 204);
      server.stop();
    }
    assertThat(ServerProcess.doctor(folder, environment))
        .startsWith("0 ")
        .contains("checked 0 threads, 0 steps and elements, 0 files");
  }

  private static void put(String address, String json) throws Exception {
    send(
        request(address)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)),
        200);
  }

  private static byte[] get(String address) throws Exception {
    return send(request(address), 200).body();
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", "Bearer " + Engine.SERVICE_TOKEN);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8).lines().findFirst().orElse(""))
        .isEqualTo(status);
    return answer;
  }

  private static JsonObject json(byte[] body) {
    return (JsonObject) JsonText.parse(new String(body, StandardCharsets.UTF_8));
  }

  private static JsonObject first(JsonObject object, String name) {
    return (JsonObject) ((JsonValue.Array) object.get(name).orElseThrow()).items().get(0);
  }

  private static String text(JsonObject object, String name) {
    return ((JsonValue.Text) object.get(name).orElseThrow()).value();
  }
}
