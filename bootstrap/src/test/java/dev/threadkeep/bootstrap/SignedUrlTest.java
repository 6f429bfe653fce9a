package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.application.ChatServices;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.contract.SignedUrlContract;
import dev.threadkeep.domain.memory.InMemoryDataStore;
import dev.threadkeep.domain.port.BlobStore;
import dev.threadkeep.http.HttpConfig;
import dev.threadkeep.http.ThreadkeepServer;
import dev.threadkeep.local.FileUrlSigner;
import dev.threadkeep.local.LocalBlobStore;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The addresses of files in a folder, followed to the server that serves them. */
class SignedUrlTest implements SignedUrlContract {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final FileUrlSigner SIGNER = signer(Duration.ofHours(1));

  @TempDir private static Path folder;

  private static BlobStore files;
  private static ThreadkeepServer server;

  @BeforeAll
  static void start() {
    files = LocalBlobStore.open(folder, SIGNER, CLOCK);
    server =
        new ThreadkeepServer(
                HttpConfig.builder().port(0).authSecret("not used").build(),
                ChatServices.of(new InMemoryDataStore(CLOCK), Optional.of(files)),
                Optional.of(SIGNER::verify),
                () -> CompletableFuture.completedStage(null),
                CLOCK,
                Fresh::text)
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
    files.close();
  }

  private static FileUrlSigner signer(Duration lifetime) {
    return new FileUrlSigner(
        "", "a secret for tests".getBytes(StandardCharsets.UTF_8), lifetime, CLOCK);
  }

  /** The same files, with whole addresses: a signer does not know which port is free. */
  private static BlobStore signedBy(FileUrlSigner signer) {
    return new DelegatingBlobStore(files) {
      @Override
      public CompletionStage<URI> readUrl(BlobKey key) {
        return CompletableFuture.completedStage(
            URI.create("http://127.0.0.1:" + server.port() + signer.sign(key)));
      }
    };
  }

  @Override
  public BlobStore blobs() {
    return signedBy(SIGNER);
  }

  @Override
  public BlobStore shortLived() {
    return signedBy(signer(Duration.ofSeconds(1)));
  }

  @Test
  void aSignedUrlShouldGiveTheFileAsItsTypeDemands() throws Exception {
    assertServed("text/plain; charset=utf-8", "inline; filename=\"a b.txt\"");
    assertServed("text/html; charset=utf-8", "attachment");
  }

  private void assertServed(String type, String disposition) throws Exception {
    byte[] bytes = "näive 😀".getBytes(StandardCharsets.UTF_8);
    BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");
    Await.result(
        blobs()
            .upload(
                key,
                ByteBuffer.wrap(bytes),
                UploadOptions.of(type).disposition("inline; filename=\"a b.txt\"")));

    HttpResponse<byte[]> answer =
        ANYBODY.send(
            HttpRequest.newBuilder(Await.result(blobs().readUrl(key))).build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("Content-Disposition")).contains(disposition);
  }
}
