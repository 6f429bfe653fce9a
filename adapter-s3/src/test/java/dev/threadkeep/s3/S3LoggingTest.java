package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Chunks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class S3LoggingTest extends S3StoreTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.threadkeep.s3");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void eachCallShouldBeLoggedWithItsKey() {
    S3BlobStore.of(client, S3ProxyEngine.presigner(), BUCKET);

    Await.result(blobs.upload(key, Chunks.of(random(6_000_000), 90_000), UploadOptions.of("a/b")));
    Await.result(blobs.upload(key, ByteBuffer.wrap(random(1)), UploadOptions.of("a/b")));
    Await.result(blobs.find(key));
    read(key);
    Await.result(blobs.list(key.value(), Optional.empty()));
    Await.result(blobs.delete(key));
    Await.result(blobs.deleteAll(List.of(key, BlobKey.of(key + "-2"))));

    String file = " of file " + key;
    assertThat(appender.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "INFO Using bucket " + BUCKET,
            "DEBUG CreateMultipartUpload" + file,
            "DEBUG UploadPart 1" + file,
            "DEBUG UploadPart 2" + file,
            "DEBUG CompleteMultipartUpload" + file,
            "DEBUG PutObject" + file,
            "DEBUG HeadObject" + file,
            "DEBUG GetObject" + file,
            "DEBUG ListObjectsV2 of files " + key,
            "DEBUG DeleteObject" + file,
            "DEBUG DeleteObjects of 2 files");
  }

  @Test
  void whatFailsShouldBeToldToTheCallerAlone() {
    requests.fail(request -> true);

    Await.failure(() -> blobs.read(key, ByteRange.ALL));
    Await.failure(() -> blobs.upload(key, Chunks.of(random(9), 2), UploadOptions.of("a/b")));

    assertThat(appender.list).isEmpty();
  }
}
