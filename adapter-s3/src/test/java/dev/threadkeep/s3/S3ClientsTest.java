package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** The settings of clients that servers other than Amazon's may need. */
class S3ClientsTest extends S3StoreTest {
  static Stream<Named<Consumer<S3AsyncClientBuilder>>> settings() {
    return Stream.of(
        Named.of("as it comes", client -> {}),
        Named.of("few checksums", S3ClientsTest::fewChecksums),
        Named.of(
            "no 100-continue", it -> it.serviceConfiguration(c -> c.expectContinueEnabled(false))),
        Named.of("unchunked", it -> it.serviceConfiguration(c -> c.chunkedEncodingEnabled(false))),
        Named.of(
            "unchunked few",
            it -> fewChecksums(it.serviceConfiguration(c -> c.chunkedEncodingEnabled(false)))),
        Named.of("multipart", it -> it.multipartEnabled(true)),
        Named.of(
            "checksums as they were", it -> fewChecksums(it.addPlugin(LegacyMd5Plugin.create()))));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyKindOfWriteShouldWork(Consumer<S3AsyncClientBuilder> settings) {
    S3AsyncClientBuilder builder = S3ProxyEngine.clientBuilder(S3ProxyEngine.endpoint());
    settings.accept(builder);
    try (S3AsyncClient client = builder.build()) {
      BlobStore store = S3BlobStore.of(client, S3ProxyEngine.presigner(), BUCKET);
      byte[] bytes = random(6_000_000);
      UploadOptions options = UploadOptions.of("a/b");
      List<BlobKey> keys =
          Stream.generate(() -> BlobKey.of("clients/" + Fresh.text())).limit(3).toList();

      Await.result(store.upload(keys.get(0), ByteBuffer.wrap(bytes), options));
      Await.result(store.upload(keys.get(1), Chunks.of(bytes, 50_000), options));
      Await.result(store.upload(keys.get(2), Chunks.of(bytes, 50_000), options.size(bytes.length)));

      keys.forEach(it -> assertThat(read(it)).isEqualTo(bytes));
      List<WriteResult<BlobKey>> removed = Await.result(store.deleteAll(keys));
      assertThat(removed).allMatch(it -> it.error().isEmpty());
      keys.forEach(it -> assertThat(Await.result(store.find(it))).isEmpty());
    }
  }

  private static void fewChecksums(S3AsyncClientBuilder client) {
    client
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }
}
