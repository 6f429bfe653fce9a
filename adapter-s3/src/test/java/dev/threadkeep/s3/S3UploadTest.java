package dev.threadkeep.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobInfo;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** How streams come to S3, and what is left of those that do not. */
class S3UploadTest extends S3StoreTest {
  private static final int PART = 5 * 1_024 * 1_024;
  private static final UploadOptions OPTIONS = UploadOptions.of("video/mp4");

  @Test
  void aStreamOfUnknownSizeShouldBeUploadedInParts() {
    byte[] bytes = random(18 * 1_024 * 1_024);

    long size =
        Await.result(
            blobs.upload(key, Chunks.of(bytes, 100_000), OPTIONS.disposition("attachment")));

    assertThat(size).isEqualTo(bytes.length);
    assertThat(requests.operations())
        .containsExactly(
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPart",
            "UploadPart",
            "UploadPart",
            "CompleteMultipartUpload");
    assertThat(read(key)).isEqualTo(bytes);
    assertThat(Await.result(blobs.find(key))).map(BlobInfo::mime).contains("video/mp4");
    assertThat(S3ProxyEngine.client().headObject(it -> it.bucket(BUCKET).key(key.value())).join())
        .returns("attachment", it -> it.contentDisposition());
    assertThat(unfinishedUploads(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART})
  void aStreamWithinTheFirstPartShouldTakeOneRequest(int length) {
    byte[] bytes = random(length);

    Await.result(blobs.upload(key, Chunks.of(bytes, 1_000_000), OPTIONS));

    assertThat(requests.operations()).containsExactly("PutObject");
    assertThat(read(key)).isEqualTo(bytes);
  }

  @Test
  void aBufferLargerThanAPartShouldBeTakenApart() {
    byte[] bytes = random(2 * PART + 1);

    Await.result(blobs.upload(key, Chunks.of(bytes, bytes.length), OPTIONS));

    assertThat(requests.of(UploadPartRequest.class)).hasSize(3);
    assertThat(read(key)).isEqualTo(bytes);
  }

  @Test
  void aStreamOfAnnouncedSizeShouldTakeOneRequestWhateverItsSize() {
    byte[] bytes = random(3 * PART);
    Chunks chunks = Chunks.of(bytes, 10_000);

    Await.result(blobs.upload(key, chunks, OPTIONS.size(bytes.length)));

    assertThat(requests.operations()).containsExactly("PutObject");
    assertThat(chunks.wasAskedForEverything()).isFalse();
    assertThat(read(key)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_000})
  void aStreamThatNothingWasAskedOfShouldBeSentAgain(long size) {
    byte[] bytes = random(1_000_000);
    requests.loseNext();

    Await.result(
        blobs.upload(key, Chunks.of(bytes, 10_000), size < 0 ? OPTIONS : OPTIONS.size(size)));

    assertThat(read(key)).isEqualTo(bytes);
  }

  @Test
  void aPublisherThatFailsBetweenPartsShouldLeaveNothing() {
    RuntimeException broken = new IllegalStateException("the client went away");

    DataLayerException error =
        Await.failure(
            () -> blobs.upload(key, Chunks.failing(random(2 * PART + 5), 64_000, broken), OPTIONS));

    assertThat(error).hasRootCause(broken);
    assertThat(error)
        .hasMessage("the content of file " + key + " could not be read")
        .hasNoSuppressedExceptions();
    assertThat(requests.operations()).endsWith("UploadPart", "AbortMultipartUpload");
    assertThat(Await.result(blobs.find(key))).isEmpty();
    assertThat(unfinishedUploads(key)).isEmpty();
  }

  @Test
  void aPartThatFailsShouldLeaveNothingAndEndTheStream() {
    requests.fail(it -> it instanceof UploadPartRequest part && part.partNumber() == 2);
    Feed feed = new Feed();

    CompletionStage<Long> upload = blobs.upload(key, feed, OPTIONS);
    for (int i = 0; i < 3; i++) {
      feed.give(random(PART));
    }

    Await.refused(
        ErrorCode.UNAVAILABLE, "UploadPart 2 of file " + key + " was not sent: ", () -> upload);
    feed.awaitCancelled();
    assertThat(Await.result(blobs.find(key))).isEmpty();
    assertThat(unfinishedUploads(key)).isEmpty();
  }

  @Test
  void aCompletionThatFailsShouldLeaveNothing() {
    requests.fail(CompleteMultipartUploadRequest.class::isInstance);

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "CompleteMultipartUpload of file " + key + " was not sent: ",
        () -> blobs.upload(key, Chunks.of(random(PART + 1), 64_000), OPTIONS));

    assertThat(Await.result(blobs.find(key))).isEmpty();
    assertThat(unfinishedUploads(key)).isEmpty();
  }

  @Test
  void aFileThatIsKeptShouldAlsoBeKeptFromPartsAndAnnouncedStreams() {
    UploadOptions keep = OPTIONS.keepExisting();
    byte[] bytes = random(PART + 1);
    Await.result(blobs.upload(key, Chunks.of(bytes, 64_000), keep));

    for (UploadOptions options : List.of(keep, keep.size(bytes.length))) {
      Await.refused(
          ErrorCode.ALREADY_EXISTS,
          "file " + key + " already exists",
          () -> blobs.upload(key, Chunks.of(bytes, 64_000), options));
    }
    assertThat(unfinishedUploads(key)).isEmpty();
  }

  @Test
  void whatComesBesideTheAnnouncedSizeShouldBeSaidAndNotStored() {
    Await.refused(
        ErrorCode.INVALID,
        "content: 100 bytes came, 101 were announced",
        () -> blobs.upload(key, Chunks.of(random(100), 7), OPTIONS.size(101)));
    Await.refused(
        ErrorCode.INVALID,
        "content: 105 bytes came, 101 were announced",
        () -> blobs.upload(key, Chunks.of(random(200), 7), OPTIONS.size(101)));
    Await.refused(
        ErrorCode.INVALID,
        "content: 7 bytes came, 0 were announced",
        () -> blobs.upload(key, Chunks.of(random(200), 7), OPTIONS.size(0)));

    assertThat(Await.result(blobs.find(key))).isEmpty();
  }

  @Test
  void aStreamLargerThanItsAnnouncedSizeShouldBeEnded() {
    Feed feed = new Feed();
    CompletionStage<Long> upload = blobs.upload(key, feed, OPTIONS.size(10));

    feed.give(random(10));
    feed.give(random(1));

    Await.refused(ErrorCode.INVALID, "content: 11 bytes came, 10 were announced", () -> upload);
    feed.awaitCancelled();
  }

  @Test
  void anAnnouncedSizeThatNoPartsHoldShouldBeRefusedAtOnce() {
    Await.refused(
        ErrorCode.TOO_LARGE,
        "content: 300,000,000,000 bytes, at most 288,358,400,000",
        () -> blobs.upload(key, new Feed(), OPTIONS.size(300_000_000_000L)));
    assertThat(requests.operations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 5})
  void aPublisherThatThrowsShouldFailTheUpload(long size) {
    Flow.Publisher<ByteBuffer> broken =
        subscriber -> {
          throw new IllegalStateException("no content");
        };

    DataLayerException error =
        Await.failure(() -> blobs.upload(key, broken, size < 0 ? OPTIONS : OPTIONS.size(size)));

    assertThat(error).hasRootCauseMessage("no content");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 6_000_000})
  void aPublisherThatGivesAllInTheCallersThreadShouldBeTaken(long size) {
    byte[] bytes = random(6_000_000);
    Flow.Publisher<ByteBuffer> immediate =
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  private int position;

                  @Override
                  public void request(long count) {
                    for (long i = 0; i < count && position < bytes.length; i++) {
                      ByteBuffer next = ByteBuffer.wrap(bytes, position, 500_000);
                      position += 500_000;
                      subscriber.onNext(next);
                      if (position == bytes.length) {
                        subscriber.onComplete();
                      }
                    }
                  }

                  @Override
                  public void cancel() {
                    position = bytes.length;
                  }
                });

    Await.result(blobs.upload(key, immediate, size < 0 ? OPTIONS : OPTIONS.size(size)));

    assertThat(read(key)).isEqualTo(bytes);
  }

  @Test
  void moreStreamsThanThereIsMemoryForShouldAllBeStored() {
    byte[] bytes = random(PART + 1);
    List<BlobKey> keys =
        IntStream.range(0, 24).mapToObj(i -> BlobKey.of("user/thread/" + Fresh.text())).toList();

    Await.results(
        keys.stream().map(it -> blobs.upload(it, Chunks.of(bytes, 64_000), OPTIONS)).toList());

    assertThat(Await.results(keys.stream().map(blobs::find).toList()))
        .allSatisfy(found -> assertThat(found).map(BlobInfo::size).contains((long) bytes.length));
  }

  @Test
  void streamsThatStandStillShouldKeepNoneWaitingWhileMemoryIsLeft() {
    List<Feed> still = Stream.generate(Feed::new).limit(15).toList();
    List<CompletionStage<Long>> uploads =
        still.stream()
            .map(it -> blobs.upload(BlobKey.of("still/" + Fresh.text()), it, OPTIONS))
            .toList();
    still.forEach(Feed::awaitDemand);

    for (int i = 0; i < 3; i++) {
      Await.result(blobs.upload(key, Chunks.of(random(PART + i), 64_000), OPTIONS));
    }

    still.forEach(Feed::end);
    assertThat(Await.results(uploads)).containsOnly(0L);
  }

  @Test
  void aStreamThatFindsNoMemoryShouldBeAskedForNothingUntilItIsItsTurn() {
    S3BlobStore small =
        new S3BlobStore(
            new Bucket(client, BUCKET),
            S3ProxyEngine.presigner(),
            Duration.ofHours(1),
            new Budget(16 * 5));
    List<Feed> feeds = Stream.generate(Feed::new).limit(17).toList();
    List<CompletionStage<Long>> uploads =
        feeds.stream()
            .map(it -> small.upload(BlobKey.of("turn/" + Fresh.text()), it, OPTIONS))
            .toList();
    feeds.subList(0, 16).forEach(Feed::awaitDemand);
    Feed last = feeds.get(16);

    assertThat(last.isAskedFor()).isFalse();
    feeds.get(3).end();
    last.awaitDemand();

    feeds.stream().filter(it -> it != feeds.get(3)).forEach(Feed::end);
    assertThat(Await.results(uploads)).containsOnly(0L);
  }
}
