package dev.threadkeep.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.BlobKeys;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.UserId;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/**
 * What the addresses are good for that {@link BlobStore#readUrl} gives: anybody can follow them.
 */
public interface SignedUrlContract {
  /** Knows nothing of any store. */
  HttpClient ANYBODY = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** The store. */
  BlobStore blobs();

  /** Signs addresses that have expired, or soon will, on the same files. */
  BlobStore shortLived();

  @Test
  default void aSignedUrlShouldGiveTheFileAsItWasStored() throws Exception {
    byte[] bytes = "näive 😀".getBytes(StandardCharsets.UTF_8);
    String disposition = "attachment; filename=\"a b.txt\"";
    BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");
    Await.result(
        blobs()
            .upload(
                key,
                ByteBuffer.wrap(bytes),
                UploadOptions.of("text/plain; charset=utf-8").disposition(disposition)));

    HttpResponse<byte[]> answer = get(Await.result(blobs().readUrl(key)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Disposition")).contains(disposition);
  }

  @Test
  default void aSignedUrlShouldLeadToItsFileWhateverTheKey() throws Exception {
    for (String id : Hostile.ids().map(Named::getPayload).toList()) {
      BlobKey key =
          BlobKeys.withoutPrefix()
              .ofElement(Optional.of(UserId.of(id)), Fresh.thread(), ElementId.of(id));
      Await.result(
          blobs()
              .upload(
                  key,
                  ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)),
                  UploadOptions.of("text/plain")));

      HttpResponse<byte[]> answer = get(Await.result(blobs().readUrl(key)));

      assertThat(answer.statusCode()).as(id).isEqualTo(200);
      assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(id);
    }
  }

  @Test
  default void aSignedUrlShouldGiveAPart() throws Exception {
    BlobKey key = stored("0123456789");
    HttpRequest part =
        HttpRequest.newBuilder(Await.result(blobs().readUrl(key)))
            .header("Range", "bytes=3-5")
            .build();

    HttpResponse<String> answer = ANYBODY.send(part, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("345");
  }

  @Test
  default void aSignedUrlThatWasTamperedWithShouldBeForbidden() throws Exception {
    BlobKey key = stored("secret");
    BlobKey other = stored("other");
    String url = Await.result(blobs().readUrl(key)).toString();
    String query = url.substring(url.indexOf('?'));
    String name = key.value().substring(key.value().lastIndexOf('/') + 1);
    String otherName = other.value().substring(other.value().lastIndexOf('/') + 1);

    assertThat(get(URI.create(url)).statusCode()).isEqualTo(200);
    for (String tampered :
        List.of(url.replace(name, otherName), cut(url), url + "x", url.replace(query, ""))) {
      assertThat(get(URI.create(tampered)).statusCode())
          .as(tampered)
          .isEqualTo(tampered.contains("?") ? 403 : unsignedStatus());
    }
    assertEveryParameterIsSigned(url);
  }

  @Test
  default void aSignedUrlShouldExpire() throws Exception {
    BlobKey key = stored("secret");
    URI url = Await.result(shortLived().readUrl(key));

    for (int attempt = 0; get(url).statusCode() != 403; attempt++) {
      assertThat(attempt).as("still good after seconds: " + url).isLessThan(100);
      Thread.sleep(100);
    }
    assertThat(get(Await.result(blobs().readUrl(key))).statusCode()).isEqualTo(200);
  }

  @Test
  default void aSignedUrlShouldNotWrite() throws Exception {
    BlobKey key = stored("secret");
    URI url = Await.result(blobs().readUrl(key));

    for (String method : List.of("PUT", "DELETE", "POST")) {
      HttpRequest write =
          HttpRequest.newBuilder(url)
              .header("x-ms-blob-type", "BlockBlob")
              .method(method, HttpRequest.BodyPublishers.ofString("changed"))
              .build();
      assertThat(statusOrHangUp(write)).isBetween(400, 499);
    }
    assertThat(get(url).body()).asString(StandardCharsets.UTF_8).isEqualTo("secret");
  }

  @Test
  default void thousandsOfUrlsShouldBeSignedAtOnce() {
    List<URI> urls =
        Await.results(
            IntStream.range(0, 5_000)
                .mapToObj(i -> blobs().readUrl(BlobKey.of("ada/t/" + i)))
                .toList());

    assertThat(urls).doesNotHaveDuplicates();
  }

  /** What an address without any signature gets. */
  default int unsignedStatus() {
    return 403;
  }

  private void assertEveryParameterIsSigned(String url) throws Exception {
    String[] parts = url.split("\\?", 2);
    for (String parameter : parts[1].split("&", -1)) {
      String changed =
          parameter + (Character.isDigit(parameter.charAt(parameter.length() - 1)) ? "1" : "A");
      String tampered = parts[0] + "?" + parts[1].replace(parameter, changed);
      assertThat(get(URI.create(tampered)).statusCode())
          .as(tampered)
          .isNotIn(200, 206)
          .isBetween(400, 499);
    }
  }

  /** Without its end, but not in the middle of an escape. */
  private static String cut(String url) {
    return url.substring(0, url.length() - 6).replaceFirst("%[0-9A-F]?$", "");
  }

  /** Some servers end the connection while the body is under way that they refuse. */
  private static int statusOrHangUp(HttpRequest request) throws InterruptedException {
    try {
      return ANYBODY.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException hungUp) {
      return 400;
    }
  }

  private BlobKey stored(String text) {
    BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/" + Fresh.text());
    Await.result(
        blobs()
            .upload(
                key,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                UploadOptions.of("text/plain")));
    return key;
  }

  private static HttpResponse<byte[]> get(URI url) throws IOException, InterruptedException {
    return ANYBODY.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
  }
}
