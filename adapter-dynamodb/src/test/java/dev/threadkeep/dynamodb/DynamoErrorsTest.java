package dev.threadkeep.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.domain.DataLayerException;
import dev.threadkeep.domain.ErrorCode;
import dev.threadkeep.domain.Patch;
import dev.threadkeep.domain.Step;
import dev.threadkeep.domain.StepAttributes;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.contract.Await;
import dev.threadkeep.domain.contract.Fresh;
import dev.threadkeep.domain.port.DataStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What a caller is told when the network or DynamoDB does not do as it should. */
class DynamoErrorsTest extends FaultyProxyTest {
  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED, THROTTLED",
    "400, ThrottlingException, THROTTLED, THROTTLED",
    "400, RequestLimitExceeded, THROTTLED, THROTTLED",
    "400, ResourceNotFoundException, UNAVAILABLE, UNAVAILABLE",
    "400, AccessDeniedException, UNAVAILABLE, UNAVAILABLE",
    "400, UnrecognizedClientException, UNAVAILABLE, UNAVAILABLE",
    "400, ExpiredTokenException, UNAVAILABLE, UNAVAILABLE",
    "400, TransactionConflictException, CONFLICT, CONFLICT",
    "400, ValidationException, INVALID, INVALID",
    "400, SomethingNewException, INVALID, INVALID",
    "500, InternalServerError, OUTCOME_UNKNOWN, UNAVAILABLE",
    "503, ServiceUnavailableException, OUTCOME_UNKNOWN, UNAVAILABLE",
  })
  void anAnswerShouldBeTranslatedWithoutItsMessage(
      int status, String type, ErrorCode onWrite, ErrorCode onRead) {
    proxy.set((operation, request, engine) -> error(status, type));

    DataLayerException write =
        Await.failure(() -> store.steps().upsert(Step.userMessage(thread, step, "secret")));
    DataLayerException read = Await.failure(() -> store.steps().find(thread, step));

    assertThat(write.code()).isEqualTo(onWrite);
    assertThat(read.code()).isEqualTo(onRead);
    assertThat(write.getMessage()).doesNotContain("secret");
    assertThat(read.getMessage()).doesNotContain("secret");
  }

  @Test
  void aDenialShouldSayWhatIsDenied() {
    proxy.set((operation, request, engine) -> error(400, "AccessDeniedException"));

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "DynamoDB denies GetItem of step "
            + step
            + ": the credentials are wrong, or their policy does not allow it on table "
            + TABLE,
        () -> store.steps().find(thread, step));
  }

  @Test
  void aLostReplyToAWriteShouldLeaveItsOutcomeUnknown() {
    proxy.set(FaultyProxy.Fault.REPLY_LOST);

    Await.refused(
        ErrorCode.OUTCOME_UNKNOWN,
        "DynamoDB: the reply was lost to UpdateItem of step " + step,
        () -> store.steps().upsert(Step.userMessage(thread, step, "secret")));
    Await.refused(
        ErrorCode.UNAVAILABLE,
        "DynamoDB: the reply was lost to GetItem of step " + step,
        () -> store.steps().find(thread, step));

    assertThat(Await.result(UNDISTURBED.steps().find(thread, step))).isPresent();
  }

  @Test
  void aTimeoutShouldLeaveTheOutcomeOfAWriteUnknown() {
    CountDownLatch end = new CountDownLatch(1);
    proxy.set(
        (operation, request, engine) -> {
          await(end);
          return Optional.empty();
        });
    try (DynamoDbAsyncClient impatient =
        DynamoDbLocal.clientBuilder(proxy.endpoint())
            .overrideConfiguration(it -> it.apiCallTimeout(Duration.ofMillis(300)))
            .build()) {
      DataStore hasty = DynamoDbDataStore.builder(impatient, TABLE).build();
      Await.refused(
          ErrorCode.OUTCOME_UNKNOWN,
          "DynamoDB: the reply was lost to UpdateItem of user ",
          () -> hasty.users().upsert(User.builder().id(Fresh.user()).build()));
      Await.refused(
          ErrorCode.UNAVAILABLE,
          "DynamoDB: the reply was lost to Query of thread " + thread,
          () -> hasty.threads().load(thread));
    } finally {
      end.countDown();
    }
  }

  /**
   * A port that is bound and not listened on refuses for sure: nobody else can take it meanwhile.
   */
  @Test
  void anEngineThatIsNotThereShouldBeUnavailableToReadsAndWrites() throws IOException {
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI endpoint = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
      try (DynamoDbAsyncClient client = DynamoDbLocal.clientBuilder(endpoint).build()) {
        DataStore absent = DynamoDbDataStore.builder(client, TABLE).build();

        Await.refused(
            ErrorCode.UNAVAILABLE,
            "DynamoDB cannot be reached for UpdateItem of step " + step,
            () -> absent.steps().upsert(Step.userMessage(thread, step, "secret")));
        Await.refused(
            ErrorCode.UNAVAILABLE,
            "DynamoDB cannot be reached for GetItem of step " + step,
            () -> absent.steps().find(thread, step));
      }
    }
  }

  @Test
  void whatTheClientCannotEvenSendShouldBeSaid() {
    try (DynamoDbAsyncClient unknown =
        DynamoDbLocal.clientBuilder(proxy.endpoint())
            .credentialsProvider(
                () -> {
                  throw SdkClientException.create("there are no credentials");
                })
            .build()) {
      DataStore anonymous = DynamoDbDataStore.builder(unknown, TABLE).build();

      Await.refused(
          ErrorCode.UNAVAILABLE,
          "UpdateItem of step " + step + " was not sent: there are no credentials",
          () -> anonymous.steps().upsert(Step.userMessage(thread, step, "secret")));
    }
  }

  @Test
  void aTableThatIsNotThereShouldBeNamed() {
    DataStore nowhere = DynamoDbDataStore.builder(client, "no-such-table").build();

    Await.refused(
        ErrorCode.UNAVAILABLE,
        "DynamoDB has no table no-such-table",
        () -> nowhere.threads().find(thread));
  }

  @Test
  void anUpdateThatGrowsAnItemPastTheLimitShouldBeTooLarge() {
    Await.result(store.steps().upsert(Step.userMessage(thread, step, "x".repeat(300_000))));

    Await.refused(
        ErrorCode.TOO_LARGE,
        "step " + step + " would be larger than 409,600 bytes",
        () ->
            store
                .steps()
                .update(thread, step, Patch.set(StepAttributes.INPUT, "x".repeat(200_000))));
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
