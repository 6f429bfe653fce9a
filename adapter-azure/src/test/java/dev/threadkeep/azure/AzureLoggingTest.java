package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AzureLoggingTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.threadkeep.azure");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final String container = Azurite.createContainer();
  private final BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void eachCallShouldBeLoggedWithItsKeyAndWithoutContentOrSignature() {
    logger.setLevel(Level.DEBUG);
    BlobStore store = AzureBlobStore.of(Azurite.container(container));

    Await.result(
        store.upload(
            key,
            ByteBuffer.wrap("a secret".getBytes(StandardCharsets.UTF_8)),
            UploadOptions.of("text/plain")));
    Await.result(
        ByteCollector.subscribe(Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes())
            .bytes());
    Await.result(store.readUrl(key));
    Await.result(store.delete(key));
    Await.result(store.find(key));

    assertThat(messages())
        .containsExactly(
            "Using container " + container + " of Azure account devstoreaccount1",
            "PutBlob of file " + key,
            "GetBlob of file " + key,
            "DeleteBlob of file " + key);
    assertThat(messages()).noneMatch(it -> it.contains("secret") || it.contains("sig="));
  }

  @Test
  void failuresShouldBeForTheCallerToLog() {
    logger.setLevel(Level.DEBUG);
    BlobStore store = AzureBlobStore.of(Azurite.container("no-such-container"));
    appender.list.clear();

    Await.failure(() -> store.find(key));

    assertThat(messages()).isEmpty();
  }

  private List<String> messages() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
