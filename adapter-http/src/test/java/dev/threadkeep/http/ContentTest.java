package dev.threadkeep.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.Hostile;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of elements, up and down again, of a server that serves them itself. */
class ContentTest {
  @RegisterExtension
  static final TestServer SERVER = TestServer.ofFiles(config -> config.maxBodyBytes(1_000));

  private final String thread = Fresh.thread().value();
  private final String element = "/v1/threads/" + thread + "/elements/e";
  private final String content = element + "/content";
  private final Api service = SERVER.service();

  static Stream<Named<String>> ids() {
    return Hostile.ids();
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(Reply reply) {
    return reply.text().getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void contentShouldComeBackWhateverTheId(String id) {
    String path = "/v1/threads/" + thread + "/elements/" + Api.segment(id) + "/content";
    byte[] file = random(2_000);

    Reply stored = service.upload(path, "image/png", file).ok();

    assertThat(stored.textAt("id")).isEqualTo(id);
    assertThat(stored.textAt("type")).isEqualTo("image");
    assertThat(stored.textAt("mime")).isEqualTo("image/png");
    assertThat(stored.textAt("url")).startsWith("https://bucket.s3.amazonaws.com/");
    Reply served = service.download(path);
    assertThat(served.status()).isEqualTo(200);
    assertThat(bytes(served)).isEqualTo(file);
    BlobKey key = BlobKey.of(stored.textAt("objectKey"));
    assertThat(bytes(SERVER.anybody().download(TestServer.address(key)))).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 1_000_000})
  void contentShouldComeBackWhateverTheSize(int size) {
    byte[] file = random(size);

    service.upload(content, "application/zip", file).ok();
    assertThat(bytes(service.download(content))).isEqualTo(file);
    service
        .upload(
            content,
            "application/zip",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)))
        .ok();

    Reply served = service.download(content);
    assertThat(bytes(served)).isEqualTo(file);
    assertThat(served.header("Content-Length")).isEqualTo(Integer.toString(size));
    assertThat(served.header("Content-Type")).isEqualTo("application/zip");
  }

  @Test
  void requestWithoutABodyShouldBeAnEmptyFile() throws IOException {
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT "
              + content
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.SERVICE_TOKEN
              + "\r\n\r\n");
      assertThat(connection.receive().ok().textAt("mime")).isEqualTo("application/octet-stream");
    }

    assertThat(service.download(content).text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image/png | inline | image",
        "text/plain; charset=utf-8 | inline | text",
        "video/mp4 | inline | video",
        "image/svg+xml | attachment | image",
        "text/html; charset=utf-8 | attachment | file",
        "text/html;charset=utf-16 | attachment | file",
        "video/mp4, text/html | attachment | file",
        "application/x-msdownload | attachment | file",
        "nonsense | attachment | file",
        "application/json | attachment | file"
      })
  void fileShouldBeServedSoThatNothingOfItRuns(String type, String disposition, String kind) {
    Reply stored = service.upload(content, type, random(10)).ok();

    assertThat(stored.textAt("type")).isEqualTo(kind);
    assertThat(stored.textAt("mime")).isEqualTo(type);
    for (Reply served :
        new Reply[] {
          service.download(content),
          service.head(content),
          service.with("Range", "bytes=2-3").download(content),
          SERVER.anybody().download(TestServer.address(BlobKey.of(stored.textAt("objectKey"))))
        }) {
      assertThat(served.headers().allValues("Content-Type")).containsExactly(type);
      assertThat(served.headers().allValues("Content-Disposition")).containsExactly(disposition);
      assertThat(served.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(served.header("Content-Security-Policy"))
          .startsWith("sandbox; default-src 'none'; ")
          .doesNotContain("script-src", "allow-");
      assertThat(served.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
      assertThat(served.header("X-Request-Id")).isNotEmpty();
    }
  }

  @Test
  void pdfShouldBeShownWithoutASandboxAndWithoutScripts() {
    service.upload(content, "application/pdf", random(10)).ok();

    Reply served = service.download(content);
    assertThat(served.header("Content-Disposition")).isEqualTo("inline");
    assertThat(served.header("Content-Security-Policy"))
        .contains("script-src 'none'")
        .doesNotContain("sandbox");
  }

  @Test
  void pagesOfOthersShouldHaveAFileInThemOnlyByItsAddress() {
    String key = service.upload(content, "image/png", random(10)).ok().textAt("objectKey");

    assertThat(service.download(content).header("Cross-Origin-Resource-Policy"))
        .isEqualTo("same-origin");
    assertThat(
            SERVER
                .anybody()
                .download(TestServer.address(BlobKey.of(key)))
                .header("Cross-Origin-Resource-Policy"))
        .isEqualTo("cross-origin");
  }

  @Test
  void fileShouldBeSavedUnderTheNameOfItsElement() {
    service.put(element, "{\"name\": \"Grüße \\\"x\\\".pdf\", \"type\": \"file\"}").ok();
    Reply stored = service.upload(content, "application/zip", random(10)).ok();

    assertThat(stored.textAt("type")).isEqualTo("file");
    assertThat(service.download(content).header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"Gr__e _x_.pdf\";"
                + " filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%22x%22.pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void typeThatIsNotSaidShouldBeOfBytes(String type) {
    Reply stored =
        type.isEmpty()
            ? service.upload(content, "", random(10)).ok()
            : service.with("Content-Type", type).upload(content, type, random(10)).ok();

    assertThat(stored.textAt("mime")).isEqualTo("application/octet-stream");
    assertThat(stored.textAt("type")).isEqualTo("file");
  }

  @Test
  void typeThatCannotBePrintedShouldBeInvalid() {
    int uploads = SERVER.blobs.uploads().size();
    for (String type : new String[] {"image/pñg", "image/png; x=\"\t\"", "x".repeat(2_049)}) {
      Reply reply =
          RawHttp.call(
              SERVER,
              "PUT " + content + " HTTP/1.1",
              "Authorization: Bearer " + TestServer.SERVICE_TOKEN,
              "Content-Length: 0",
              "Content-Type: " + type);
      assertThat(reply.status()).isIn(400, 413, 422);
      reply.problem(reply.status(), reply.textAt("code"));
    }
    assertThat(SERVER.blobs.uploads()).hasSize(uploads);
    service.get(element).problem(Code.NOT_FOUND);
  }

  @Test
  void uploadAgainShouldReplaceTheFile() {
    service.upload(content, "image/png", random(10)).ok();
    String before = service.download(content).header("ETag");

    service.upload(content, "text/plain", random(20)).ok();

    Reply served = service.download(content);
    assertThat(bytes(served)).isEqualTo(random(20));
    assertThat(served.header("Content-Type")).isEqualTo("text/plain");
    assertThat(served.header("ETag")).matches("\"[^\"]+\"").isNotEqualTo(before);
  }

  @Test
  void fileUnderAnotherKeyShouldGo() {
    BlobKey old = BlobKey.of("written by others/" + thread);
    SERVER.memory.seedElement(
        JsonObject.of("id", JsonValue.of("e"))
            .with("threadId", JsonValue.of(thread))
            .with("type", JsonValue.of("image"))
            .with("objectKey", JsonValue.of(old.value())));

    String key = service.upload(content, "text/html", random(10)).ok().textAt("objectKey");

    assertThat(key).isEqualTo("unknown/" + thread + "/e");
    assertThat(SERVER.blobs.deleted()).contains(old).doesNotContain(BlobKey.of(key));
    assertThat(service.get(element).ok().textAt("type")).isEqualTo("image");
  }

  @Test
  void personShouldStoreInTheirOwnThreadOnly() throws IOException {
    Api ada = SERVER.person("ada");
    ada.put("/v1/threads/" + thread, "{}").ok();
    ada.upload(content, "image/png", random(10)).ok();
    int uploads = SERVER.blobs.uploads().size();

    Api bob = SERVER.person("bob");
    bob.upload(content, "image/png", random(20)).problem(Code.NOT_FOUND);
    bob.download(content).problem(Code.NOT_FOUND);
    ada.upload("/v1/threads/" + Fresh.text() + "/elements/e/content", "image/png", random(20))
        .problem(Code.NOT_FOUND);
    SERVER.anybody().upload(content, "image/png", random(20)).problem(Code.UNAUTHENTICATED);
    try (RawHttp connection = new RawHttp(SERVER.server.port())) {
      connection.send(
          "PUT "
              + content
              + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20\r\n"
              + "Authorization: Bearer "
              + SERVER.token("bob")
              + "\r\n\r\n");
      connection.receive().problem(Code.NOT_FOUND);
      assertThat(connection.isEnded()).isTrue();
    }

    assertThat(SERVER.blobs.uploads()).hasSize(uploads);
    assertThat(bytes(ada.download(content))).isEqualTo(random(10));
    assertThat(service.get(element).ok().textAt("objectKey")).isEqualTo("ada/" + thread + "/e");
  }

  @Test
  void otherSiteShouldNotStoreWithACookie() {
    SERVER.person("ada").put("/v1/threads/" + thread, "{}").ok();
    Api browser = SERVER.anybody().cookie("access_token=" + SERVER.token("ada"));

    browser
        .with("Sec-Fetch-Site", "cross-site")
        .upload(content, "image/png", random(10))
        .problem(Code.CROSS_ORIGIN);
    browser.with("Sec-Fetch-Site", "same-origin").upload(content, "image/png", random(10)).ok();
  }

  @Test
  void encodedFileShouldBeRefused() {
    service
        .with("Content-Encoding", "gzip")
        .upload(content, "image/png", random(10))
        .problem(Code.UNSUPPORTED_MEDIA_TYPE);
    service.with("Content-Encoding", "Identity").upload(content, "image/png", random(10)).ok();
  }

  @Test
  void unknownParameterShouldBeRefused() {
    service.upload(content + "?x=y", "image/png", random(10)).problem(Code.MALFORMED);
    service.download(content + "?x=y").problem(Code.MALFORMED);
  }

  @Test
  void elementWithoutAFileShouldHaveNoContent() {
    service.download(content).problem(Code.NOT_FOUND);
    service.put(element, "{\"url\": \"https://example.org/x.png\"}").ok();
    service.download(content).problem(Code.NOT_FOUND);
    Reply stored = service.upload(content, "image/png", random(10)).ok();
    Await.result(SERVER.blobs.delete(BlobKey.of(stored.textAt("objectKey"))));
    service.download(content).problem(Code.NOT_FOUND);
    assertThat(service.head(content).status()).isEqualTo(404);
  }

  @Test
  void deletedElementShouldTakeItsFileAlong() {
    String key = service.upload(content, "image/png", random(10)).ok().textAt("objectKey");

    service.delete(element).done();

    assertThat(Await.result(SERVER.blobs.find(BlobKey.of(key)))).isEmpty();
    SERVER.anybody().download(TestServer.address(BlobKey.of(key))).problem(Code.NOT_FOUND);
  }

  @Test
  void fileShouldHaveOneLineThatTellsNoSecrets() {
    String key = service.upload(content, "image/png", random(10)).ok().textAt("objectKey");
    try (LogLines log = new LogLines()) {
      String id = Fresh.text();
      String address = TestServer.address(BlobKey.of(key));
      SERVER.anybody().with("X-Request-Id", id).download(address);

      assertThat(log.of(id))
          .singleElement()
          .asString()
          .contains("GET /files/{key} 200")
          .doesNotContain(thread, "signature");
    }
  }

  @Test
  void serverWithoutAStoreShouldSayThatItHasNone() {
    TestServer parts = new TestServer();
    try (ThreadkeepServer server =
        new ThreadkeepServer(
            HttpConfig.builder()
                .port(0)
                .authSecret(TestServer.SECRET)
                .serviceToken(TestServer.SERVICE_TOKEN)
                .build(),
            ChatServices.of(parts.store, Optional.empty()),
            Optional.empty(),
            () -> CompletableFuture.completedStage(null),
            parts.clock,
            Fresh::text)) {
      Api none = new Api(server.start().port()).bearer(TestServer.SERVICE_TOKEN);

      none.upload(content, "image/png", random(10)).problem(Code.NOT_CONFIGURED);
      none.download(content).problem(Code.NOT_FOUND);
      assertThat(parts.store.writes()).isEmpty();
      parts.memory.seedElement(
          JsonObject.of("id", JsonValue.of("e"))
              .with("threadId", JsonValue.of(thread))
              .with("objectKey", JsonValue.of("written by others")));
      none.download(content).problem(Code.NOT_CONFIGURED);
      none.sendUnchecked("GET", "/files/x", BodyPublishers.noBody()).problem(Code.NOT_FOUND);
    }
  }
}
