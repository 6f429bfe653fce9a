package dev.threadkeep.application;

import static dev.threadkeep.application.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.Element;
import dev.threadkeep.domain.ElementId;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.ThreadId;
import dev.threadkeep.domain.WriteResult;
import dev.threadkeep.domain.contract.DelegatingBlobStore;
import dev.threadkeep.domain.json.JsonValue;
import dev.threadkeep.domain.memory.InMemoryBlobStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FilesTest {
  private static final Element FINE = element("fine");
  private static final Element BROKEN = element("broken");

  private final Files files = new Files(Optional.of(new HalfBroken()));

  @Test
  void row34_oneUrlThatCannotBeSignedShouldNotFailTheOthers() {
    List<Element> signed = await(files.sign(List.of(BROKEN, FINE)));

    assertThat(signed.get(0).url()).isEmpty();
    assertThat(signed.get(0).other().get(Files.URL_ERROR))
        .contains(JsonValue.of("the file cannot be signed now"));
    assertThat(signed.get(1).url()).contains("https://files.test/fine?signed");
  }

  @Test
  void aFileThatCannotBeRemovedShouldNotKeepTheOthers() {
    assertThat(await(files.delete(List.of(BlobKey.of("broken"), BlobKey.of("fine"))))).isNull();
  }

  @Test
  void withoutAStoreAnElementShouldKeepItsAddress() {
    Element external = Element.builder().from(FINE).url("https://example.org/x").build();

    assertThat(await(new Files(Optional.empty()).sign(external))).isEqualTo(external);
  }

  private static Element element(String key) {
    return Element.builder()
        .threadId(ThreadId.of("t"))
        .id(ElementId.of(key))
        .objectKey(BlobKey.of(key))
        .build();
  }

  /** A store in memory that fails for the key {@code broken}. */
  private static final class HalfBroken extends DelegatingBlobStore {
    HalfBroken() {
      super(new InMemoryBlobStore(URI.create("https://files.test")));
    }

    @Override
    public CompletionStage<List<WriteResult<BlobKey>>> deleteAll(List<BlobKey> keys) {
      return CompletableFuture.completedStage(
          keys.stream()
              .map(
                  key ->
                      new WriteResult<>(
                          key,
                          key.value().equals("broken") ? Optional.of(error()) : Optional.empty()))
              .toList());
    }

    @Override
    public CompletionStage<URI> readUrl(BlobKey key) {
      return key.value().equals("broken")
          ? CompletableFuture.failedStage(error())
          : super.readUrl(key);
    }

    private static DataLayerException error() {
      return new DataLayerException(ErrorCode.UNAVAILABLE, "no credentials");
    }
  }
}
