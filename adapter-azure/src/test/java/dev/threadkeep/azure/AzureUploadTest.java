package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How streams become blobs. */
class AzureUploadTest {
  private static final int MIB = 1_024 * 1_024;
  private static final UploadOptions VIDEO = UploadOptions.of("video/mp4");
  private static final String CONTAINER = Azurite.createContainer();

  private final Wire wire = new Wire();
  private final BlobContainerAsyncClient container = wire.container(CONTAINER);
  private final BlobStore store = AzureBlobStore.of(container);
  private final BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");

  @Test
  void aLongStreamShouldBeCommittedFromBlocksOfOneMebibyte() {
    byte[] bytes = random(18 * MIB + 77);

    long size =
        Await.result(store.upload(key, Chunks.of(bytes, 70_000), VIDEO.disposition("inline")));

    assertThat(size).isEqualTo(bytes.length);
    assertThat(wire.operations()).hasSize(20).containsOnly("PUT block", "PUT blocklist");
    assertThat(blocks(BlockListType.ALL).getCommittedBlocks())
        .hasSize(19)
        .allMatch(block -> block.getSizeLong() <= MIB);
    assertThat(blocks(BlockListType.ALL).getUncommittedBlocks()).isEmpty();
    assertThat(content()).isEqualTo(bytes);
    assertThat(blob().getProperties().block().getContentDisposition()).isEqualTo("inline");
  }

  @Test
  void aShortStreamShouldTakeOneRequest() {
    Await.result(store.upload(key, Chunks.of(random(MIB - 1), 1_000), VIDEO));

    assertThat(wire.operations()).containsExactly("PUT");
  }

  @Test
  void oneLargeBufferShouldBecomeManyBlocks() {
    byte[] bytes = random(5 * MIB);

    Await.result(store.upload(key, Chunks.of(bytes, bytes.length), VIDEO));

    assertThat(wire.operations())
        .containsExactly(
            "PUT block", "PUT block", "PUT block", "PUT block", "PUT block", "PUT blocklist");
    assertThat(content()).isEqualTo(bytes);
  }

  @Test
  void aPublisherThatFailsShouldLeaveTheOldFileAndNoCommittedBlock() {
    Await.result(store.upload(key, ByteBuffer.wrap(new byte[] {1, 2, 3}), VIDEO));
    wire.forget();

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "the content of file " + key + " could not be read",
        () ->
            store.upload(
                key,
                Chunks.failing(random(5 * MIB), 64_000, new IllegalStateException("gone")),
                VIDEO));

    assertThat(wire.operations()).isNotEmpty().containsOnly("PUT block");
    assertThat(content()).containsExactly(1, 2, 3);
    assertThat(blocks(BlockListType.ALL).getCommittedBlocks()).isEmpty();
  }

  @Test
  void aPublisherThatFailsShouldNotTearTheBlockUnderWayAndSoLookLikeAFault() {
    Logger reactor = (Logger) LoggerFactory.getLogger("reactor.core.publisher.Operators");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    reactor.addAppender(log);
    try {
      Await.refused(
          ErrorCode.UNAVAILABLE,
          "the content of file " + key + " could not be read",
          () -> store.upload(key, failingAtOnce(), VIDEO));
    } finally {
      reactor.detachAppender(log);
    }

    assertThat(log.list).isEmpty();
    assertThat(blocks(BlockListType.UNCOMMITTED).getUncommittedBlocks()).hasSize(1);
  }

  @Test
  void whenAPublisherAndItsLastBlockFailTheBlockShouldBeToldOf() {
    wire.lose(request -> true);

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "Azure: the reply was lost to PutBlock of file " + key,
        () -> store.upload(key, failingAtOnce(), VIDEO));
  }

  /** Gives a block, and fails without waiting for anything. */
  private static Flow.Publisher<ByteBuffer> failingAtOnce() {
    return Chunks.failing(random(MIB), MIB, new IllegalStateException("gone"));
  }

  @Test
  void aPublisherShouldBeAskedForOneBufferAtATimeAndCancelledWhenAzureFails() {
    wire.lose(request -> wire.requests().size() == 3);
    Endless endless = new Endless();

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "Azure: the reply was lost to PutBlock of file " + key,
        () -> store.upload(key, endless, VIDEO));

    Await.result(endless.cancelled);
    assertThat(endless.given.get()).isEqualTo(3L * MIB / Endless.BUFFER);
    assertThat(Await.result(store.find(key))).isEmpty();
  }

  @Test
  void aPublisherShouldBeCancelledAsSoonAsMoreComesThanWasAnnounced() {
    Endless endless = new Endless();

    Await.refused(
        ErrorCode.INVALID,
        "content: 106496 bytes came, 100000 were announced",
        () -> store.upload(key, endless, VIDEO.size(100_000)));

    Await.result(endless.cancelled);
    assertThat(wire.operations()).isEmpty();
  }

  @Test
  void aStreamWhoseBlocksAreGoneShouldFailAndSayWhy() {
    wire.lose(request -> false);
    Flow.Publisher<ByteBuffer> overtaken =
        subscriber -> Chunks.of(random(2 * MIB), MIB).subscribe(overtaking(subscriber));

    Await.refused(
        ErrorCode.CONFLICT,
        "another upload of file " + key + " was faster",
        () -> store.upload(key, overtaken, VIDEO));
    assertThat(content()).isEmpty();
  }

  /**
   * When the stream has ended, another commits an empty file, which takes its blocks. Nobody waits
   * for that here: the thread is the common pool's, maybe its only one, and the JDK's client needs
   * one of them since JDK 25.
   */
  private Flow.Subscriber<ByteBuffer> overtaking(Flow.Subscriber<? super ByteBuffer> subscriber) {
    return new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(subscription);
      }

      @Override
      public void onNext(ByteBuffer buffer) {
        subscriber.onNext(buffer);
      }

      @Override
      public void onError(Throwable failure) {
        subscriber.onError(failure);
      }

      @Override
      public void onComplete() {
        blob()
            .getBlockBlobAsyncClient()
            .commitBlockList(List.of(), true)
            .subscribe(done -> {}, subscriber::onError, subscriber::onComplete);
      }
    };
  }

  /** Gives zeros for ever, when asked, and remembers whether it was asked for more than one. */
  private static final class Endless implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
    static final int BUFFER = 8_192;

    final AtomicLong given = new AtomicLong();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private Flow.Subscriber<? super ByteBuffer> subscriber;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> one) {
      subscriber = one;
      one.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      assertThat(count).isOne();
      if (!cancelled.isDone()) {
        given.incrementAndGet();
        ForkJoinPool.commonPool().execute(() -> subscriber.onNext(ByteBuffer.allocate(BUFFER)));
      }
    }

    @Override
    public void cancel() {
      cancelled.complete(null);
    }
  }

  private BlobAsyncClient blob() {
    return container.getBlobAsyncClient(key.value());
  }

  private BlockList blocks(BlockListType type) {
    return blob().getBlockBlobAsyncClient().listBlocks(type).block();
  }

  private byte[] content() {
    return Await.result(
        ByteCollector.subscribe(Await.result(store.read(key, ByteRange.ALL)).orElseThrow().bytes())
            .bytes());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
