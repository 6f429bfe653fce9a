package dev.threadkeep.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.BlobContent;
import dev.threadkeep.domain.BlobKey;
import dev.threadkeep.domain.ByteRange;
import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.UploadOptions;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.ByteCollector;
import dev.threadkeep.domain.contract.Chunks;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told when the network or Azure does not do as it should. */
class AzureErrorsTest {
  private static final UploadOptions TEXT = UploadOptions.of("text/plain");
  private static final String CONTAINER = Azurite.createContainer();

  private final Wire wire = new Wire();
  private final BlobKey key = BlobKey.of("ada/" + Fresh.text() + "/e");

  @ParameterizedTest
  @CsvSource({
    "429, '', THROTTLED, THROTTLED",
    "503, ServerBusy, THROTTLED, THROTTLED",
    "503, '', OUTCOME_UNKNOWN, UNAVAILABLE",
    "500, InternalError, OUTCOME_UNKNOWN, UNAVAILABLE",
    "500, OperationTimedOut, OUTCOME_UNKNOWN, UNAVAILABLE",
    "404, ContainerNotFound, UNAVAILABLE, UNAVAILABLE",
    "409, ContainerBeingDeleted, UNAVAILABLE, UNAVAILABLE",
    "401, NoAuthenticationInformation, UNAVAILABLE, UNAVAILABLE",
    "403, AuthenticationFailed, UNAVAILABLE, UNAVAILABLE",
    "403, AuthorizationPermissionMismatch, UNAVAILABLE, UNAVAILABLE",
    "409, BlobImmutableDueToPolicy, CONFLICT, CONFLICT",
    "412, LeaseIdMissing, CONFLICT, CONFLICT",
    "413, RequestBodyTooLarge, TOO_LARGE, TOO_LARGE",
    "400, InvalidUri, INVALID, INVALID",
    "400, SomethingNew, INVALID, INVALID",
  })
  void anAnswerShouldBeTranslated(int status, String code, ErrorCode onWrite, ErrorCode onRead) {
    try (StubAzure azure = StubAzure.refusing(status, code)) {
      BlobStore store = AzureBlobStore.of(wire.container(azure.connectionString(), "files"));

      for (Supplier<CompletionStage<?>> write :
          List.<Supplier<CompletionStage<?>>>of(
              () -> store.upload(key, ByteBuffer.allocate(1), TEXT), () -> store.delete(key))) {
        DataLayerException error = Await.failure(write);
        assertThat(error.code()).as(error.getMessage()).isEqualTo(onWrite);
      }
      for (Supplier<CompletionStage<?>> read :
          List.<Supplier<CompletionStage<?>>>of(
              () -> store.find(key),
              () -> store.read(key, ByteRange.ALL),
              () -> store.list("", Optional.empty()))) {
        DataLayerException error = Await.failure(read);
        assertThat(error.code()).as(error.getMessage()).isEqualTo(onRead);
      }
      assertThat(Await.result(store.deleteAll(List.of(key))).get(0).error())
          .map(DataLayerException::code)
          .contains(onWrite);
    }
  }

  @Test
  void aContainerThatIsNotThereShouldBeNamed() {
    BlobStore store = AzureBlobStore.of(wire.container("no-such-container"));

    for (Supplier<CompletionStage<?>> call : callsOf(store)) {
      Await.refused(ErrorCode.UNAVAILABLE, "Azure has no container no-such-container", call);
    }
  }

  @Test
  void aWrongKeyShouldBeToldWithoutIt() {
    String wrong = "d3Jvbmcga2V5";
    BlobStore store =
        AzureBlobStore.of(
            wire.container(Azurite.connectionString().replace(Azurite.KEY, wrong), CONTAINER));

    for (Supplier<CompletionStage<?>> call : callsOf(store)) {
      DataLayerException error = Await.failure(call);
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error)
          .hasMessageMatching(
              "Azure denies .*\\(AuthorizationFailure\\): the account's key, token or SAS is wrong"
                  + " or has expired, or does not allow it on container "
                  + CONTAINER)
          .hasNoCause();
    }
  }

  @Test
  void anEngineThatIsNotThereShouldBeUnavailable() {
    String nobody = Azurite.connectionString(URI.create("http://127.0.0.1:1"));
    BlobStore store = AzureBlobStore.of(wire.container(nobody, CONTAINER));

    for (Supplier<CompletionStage<?>> call : callsOf(store)) {
      Await.refused(ErrorCode.UNAVAILABLE, "Azure cannot be reached for ", call);
    }
  }

  @Test
  void aLostReplyShouldLeaveTheOutcomeOfWritesUnknown() {
    BlobStore store = AzureBlobStore.of(wire.container(CONTAINER));
    wire.lose(request -> true);

    Await.refused(
        ErrorCode.OUTCOME_UNKNOWN,
        "Azure: the reply was lost to PutBlob of file " + key,
        () -> store.upload(key, ByteBuffer.allocate(1), TEXT));
    Await.refused(
        ErrorCode.OUTCOME_UNKNOWN,
        "Azure: the reply was lost to DeleteBlob of file " + key,
        () -> store.delete(key));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "Azure: the reply was lost to GetBlobProperties of file " + key,
        () -> store.find(key));
    wire.lose(request -> String.valueOf(request.getUrl().getQuery()).contains("comp=blocklist"));
    Await.refused(
        ErrorCode.OUTCOME_UNKNOWN,
        "Azure: the reply was lost to PutBlockList of file " + key,
        () -> store.upload(key, Chunks.of(new byte[1_500_000], 64_000), TEXT));
    assertThat(Await.result(store.find(key))).isPresent(); // it had happened
  }

  @Test
  void theSasOfTheClientShouldBeInNoMessage() {
    URI address = URI.create(Azurite.endpoint() + "?sv=2024-11-04&se=2020-01-01&sr=c&sig=secret");
    BlobStore store =
        AzureBlobStore.builder(wire.container(address, CONTAINER))
            .urls(it -> URI.create("/files/" + it))
            .build();

    for (Supplier<CompletionStage<?>> call : callsOf(store)) {
      DataLayerException error = Await.failure(call);
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error).hasStackTraceContaining("Azure denies").hasNoCause();
      assertThat(error.getMessage()).doesNotContain("secret").doesNotContain("sig=");
    }
  }

  @Test
  void aReadThatBreaksOffShouldGoOnWhereItDid() {
    BlobStore store = AzureBlobStore.of(wire.container(CONTAINER));
    byte[] bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    Await.result(store.upload(key, ByteBuffer.wrap(bytes), TEXT));
    wire.forget();
    wire.breakOff(request -> wire.requests().size() < 2);

    BlobContent content = Await.result(store.read(key, ByteRange.ALL)).orElseThrow();

    assertThat(Await.result(ByteCollector.subscribe(content.bytes()).bytes())).isEqualTo(bytes);
    assertThat(wire.operations()).containsExactly("GET", "GET");
  }

  @Test
  void aFileThatIsReplacedWhileAReadIsBrokenOffShouldNotBeMixed() {
    BlobStore store = AzureBlobStore.of(wire.container(CONTAINER));
    BlobStore another = AzureBlobStore.of(Azurite.container(CONTAINER));
    Await.result(another.upload(key, ByteBuffer.wrap(new byte[1_000_000]), TEXT));
    wire.breakOff(request -> true);
    BlobContent content = Await.result(store.read(key, ByteRange.ALL)).orElseThrow();
    wire.breakOff(request -> false);
    Await.result(another.upload(key, ByteBuffer.wrap(new byte[1_000_000]), TEXT));

    Await.refused(
        ErrorCode.CONFLICT,
        "Azure does not allow GetBlob of file " + key + " now: ConditionNotMet",
        () -> ByteCollector.subscribe(content.bytes()).bytes());
  }

  @Test
  void aReadThatIsCancelledShouldCloseItsConnection() {
    CompletableFuture<IOException> closed = new CompletableFuture<>();
    try (StubAzure azure =
        new StubAzure(
            request -> {
              request.getResponseHeaders().set("ETag", "\"1\"");
              request.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 18:00:00 GMT");
              request.sendResponseHeaders(200, 1L << 40);
              try {
                while (!closed.isDone()) {
                  request.getResponseBody().write(new byte[64_000]);
                }
              } catch (IOException gone) {
                closed.complete(gone);
              }
            })) {
      BlobStore store = AzureBlobStore.of(wire.container(azure.connectionString(), "files"));
      BlobContent content = Await.result(store.read(key, ByteRange.ALL)).orElseThrow();

      Await.result(ByteCollector.subscribe(content.bytes(), 3).bytes());

      assertThat(Await.result(closed)).isNotNull();
    }
  }

  private List<Supplier<CompletionStage<?>>> callsOf(BlobStore store) {
    return List.of(
        () -> store.upload(key, ByteBuffer.allocate(1), TEXT),
        () -> store.upload(key, Chunks.of(new byte[1_500_000], 64_000), TEXT),
        () -> store.find(key),
        () -> store.read(key, ByteRange.ALL),
        () -> store.delete(key),
        () -> store.list("", Optional.empty()),
        () ->
            store
                .deleteAll(List.of(key))
                .thenApply(
                    results -> {
                      throw results.get(0).error().orElseThrow();
                    }));
  }
}
