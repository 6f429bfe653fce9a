package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobEntry;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.Cursor;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Page;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What reads and lists ask Azure for. */
class AzureReadTest {
  private static final UploadOptions TEXT = UploadOptions.of("text/plain");
  private static final String CONTAINER = Azurite.createContainer();

  private final Wire wire = new Wire();
  private final BlobStore store = AzureBlobStore.of(wire.container(CONTAINER));
  private final String folder = Fresh.text() + "/";

  @Test
  void aPartShouldBeReadWithOneRequestForIt() {
    BlobKey key = put(folder + "e", new byte[10_000]);
    wire.forget();

    BlobContent content = Await.result(store.read(key, new ByteRange(100, 50))).orElseThrow();
    Await.result(ByteCollector.subscribe(content.bytes()).bytes());

    assertThat(wire.operations()).containsExactly("GET");
    assertThat(
            wire.requests().get(0).getHeaders().getValue(HttpHeaderName.fromString("x-ms-range")))
        .isEqualTo("bytes=100-149");
    assertThat(content.info().size()).isEqualTo(10_000);
  }

  @Test
  void aPartBehindTheEndShouldBeRefusedWithTheLengthOfTheFile() {
    BlobKey key = put(folder + "e", new byte[10]);

    Await.refused(
        ErrorCode.INVALID,
        "range: begins at byte 12, the file has 10",
        () -> store.read(key, new ByteRange(12, 5)));
  }

  @Test
  void theBytesShouldBeReadOnce() {
    BlobKey key = put(folder + "e", new byte[] {1, 2, 3});
    BlobContent content = Await.result(store.read(key, ByteRange.ALL)).orElseThrow();

    assertThat(Await.result(ByteCollector.subscribe(content.bytes()).bytes()))
        .containsExactly(1, 2, 3);
    ByteCollector second = ByteCollector.subscribe(content.bytes());
    assertThat(second.bytes())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withRootCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("file " + key + " can be read once");
  }

  @Test
  void keysThatCannotBeShouldNotBeAskedFor() {
    for (String key : List.of("half \ud83d", "a\u0000b", "x".repeat(1_025))) {
      assertThat(Await.result(store.find(BlobKey.of(key)))).isEmpty();
      assertThat(Await.result(store.read(BlobKey.of(key), ByteRange.ALL))).isEmpty();
      Await.result(store.delete(BlobKey.of(key)));
    }
    assertThat(Await.result(store.list("half \ud83d", Optional.empty())).items()).isEmpty();
    assertThat(wire.operations()).isEmpty();
  }

  @Test
  void eachPageShouldBeOneRequestAndItsCursorGoodForItsOwnListAlone() {
    IntStream.range(0, BlobStore.PAGE / 100)
        .forEach(
            hundred ->
                Await.results(
                    IntStream.range(0, 101)
                        .mapToObj(
                            i ->
                                store.upload(
                                    BlobKey.of(folder + hundred + "-" + i),
                                    ByteBuffer.allocate(0),
                                    TEXT))
                        .toList()));
    wire.forget();

    Page<BlobEntry> first = Await.result(store.list(folder, Optional.empty()));
    Page<BlobEntry> second = Await.result(store.list(folder, first.next()));

    assertThat(first.items()).hasSize(BlobStore.PAGE);
    assertThat(second.items()).hasSize(10);
    assertThat(second.next()).isEmpty();
    assertThat(Stream.concat(first.items().stream(), second.items().stream()).map(BlobEntry::key))
        .doesNotHaveDuplicates();
    assertThat(wire.operations()).containsExactly("GET list", "GET list");
    String cursor = first.next().orElseThrow().value();
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    for (Cursor other : List.of(Cursor.of(cursor + "A"), Cursor.of(""), Cursor.of("2!76!MDAw"))) {
      Await.refused(
          ErrorCode.INVALID,
          "cursor: is not one of this list",
          () -> store.list(folder, Optional.of(other)));
    }
    Await.refused(
        ErrorCode.INVALID,
        "cursor: is not one of this list",
        () -> store.list("another/", first.next()));
    assertThat(wire.operations()).hasSize(2);
  }

  @Test
  void listsShouldGiveKeysAndNotNames() {
    List<String> keys =
        Stream.of("a.", "a./b", "a.b", "a\\b", "a%5Cb", "a%2E", "a%2Eb", "..")
            .map(folder::concat)
            .toList();
    keys.forEach(key -> put(key, new byte[0]));

    assertThat(keys(folder)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(keys(folder + "a."))
        .containsExactlyInAnyOrder(folder + "a.", folder + "a./b", folder + "a.b");
    assertThat(keys(folder + "a%2")).containsExactlyInAnyOrder(folder + "a%2E", folder + "a%2Eb");
    assertThat(keys(folder + "a\\")).containsExactly(folder + "a\\b");
    assertThat(keys(folder + ".")).containsExactly(folder + "..");
  }

  private List<String> keys(String prefix) {
    return Await.result(store.list(prefix, Optional.empty())).items().stream()
        .map(entry -> entry.key().value())
        .toList();
  }

  private BlobKey put(String key, byte[] content) {
    Await.result(store.upload(BlobKey.of(key), ByteBuffer.wrap(content), TEXT));
    return BlobKey.of(key);
  }
}
