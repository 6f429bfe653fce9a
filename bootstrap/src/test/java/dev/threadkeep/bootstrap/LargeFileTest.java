package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of four times the memory that the server has. */
class LargeFileTest {
  private static final long SIZE = 256L * 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void aFileLargerThanMemoryShouldGoUpAndComeDown() throws Exception {
    Map<String, String> environment = Map.of("THREADKEEP_SERVICE_TOKEN", Engine.SERVICE_TOKEN);
    try (ServerProcess server = ServerProcess.start(folder, environment, "-Xmx64m")) {
      URI content = URI.create(server.address() + "/v1/threads/t/elements/e/content");

      BodyPublisher unannounced = BodyPublishers.ofInputStream(() -> new Noise(1, SIZE));
      put(content, unannounced);
      String first = get(content);
      assertThat(first).isEqualTo(digest(new Noise(1, SIZE)));

      put(
          content,
          BodyPublishers.fromPublisher(
              BodyPublishers.ofInputStream(() -> new Noise(2, SIZE)), SIZE));
      assertThat(get(content)).isEqualTo(digest(new Noise(2, SIZE))).isNotEqualTo(first);
      assertThat(server.output()).doesNotContain("OutOfMemory");
    }
    try (Stream<Path> left = Files.list(folder.resolve("threadkeep-data/files/drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  private static void put(URI content, BodyPublisher bytes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                request(content).header("Content-Type", "application/zip").PUT(bytes).build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String get(URI content) throws Exception {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request(content).build(), BodyHandlers.ofInputStream());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
    return digest(answer.body());
  }

  private static HttpRequest.Builder request(URI content) {
    return HttpRequest.newBuilder(content)
        .header("Authorization", "Bearer " + Engine.SERVICE_TOKEN);
  }

  private static String digest(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (DigestInputStream digested = new DigestInputStream(in, digest)) {
      digested.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** As many bytes as one wants, the same each time, of which a block is kept. */
  private static final class Noise extends InputStream {
    private final Random random;
    private final byte[] block = new byte[64 * 1024];
    private int position = block.length;
    private long left;

    Noise(long seed, long size) {
      random = new Random(seed);
      left = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) {
      if (left == 0) {
        return -1;
      }
      if (position == block.length) {
        random.nextBytes(block);
        position = 0;
      }
      int count = (int) Math.min(left, Math.min(most, block.length - position));
      System.arraycopy(block, position, into, from, count);
      position += count;
      left -= count;
      return count;
    }
  }
}
