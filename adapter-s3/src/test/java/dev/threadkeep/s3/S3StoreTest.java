package dev.threadkeep.s3;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A store on the engine whose requests are seen. */
abstract class S3StoreTest {
  static final String BUCKET = S3ProxyEngine.createBucket();

  final Requests requests = new Requests();
  final S3AsyncClient client = requests.client();
  final BlobStore blobs = S3BlobStore.of(client, S3ProxyEngine.presigner(), BUCKET);
  final BlobKey key = BlobKey.of("user/thread/" + Fresh.text());

  @AfterEach
  void close() {
    client.close();
  }

  byte[] read(BlobKey file) {
    return Await.result(
        ByteCollector.subscribe(Await.result(blobs.read(file, ByteRange.ALL)).orElseThrow().bytes())
            .bytes());
  }

  /** Uploads of a file that were begun and neither finished nor given up. */
  List<MultipartUpload> unfinishedUploads(BlobKey file) {
    return S3ProxyEngine.client()
        .listMultipartUploads(list -> list.bucket(BUCKET).prefix(file.value()))
        .join()
        .uploads();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
