package dev.threadkeep.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * A request to DynamoDB, as messages and the log name it.
 *
 * @param operation the name of the operation in DynamoDB's API
 * @param what what it is about: {@code step s-1}
 * @param effect whether it changes anything; where a reply is lost, that makes the difference
 */
record Call(String operation, Object what, Effect effect) {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.dynamodb");

  enum Effect {
    READ,
    WRITE
  }

  static Call read(String operation, Object what) {
    return new Call(operation, what, Effect.READ);
  }

  static Call write(String operation, Object what) {
    return new Call(operation, what, Effect.WRITE);
  }

  /**
   * Makes the request. It is logged with what it consumed; what it fails with is translated.
   *
   * @param request begins it
   * @param capacity finds in the response what it consumed
   */
  <R> CompletionStage<R> run(
      String table,
      Supplier<CompletableFuture<R>> request,
      Function<R, @Nullable ConsumedCapacity> capacity) {
    return begin(request)
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw DynamoErrors.translate(failure, this, table);
              }
              log(capacity.apply(response));
              return response;
            });
  }

  @Override
  public String toString() {
    return operation + " of " + what;
  }

  /** The SDK throws when a client is closed or a request is malformed. */
  private static <R> CompletableFuture<R> begin(Supplier<CompletableFuture<R>> request) {
    try {
      return request.get();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void log(@Nullable ConsumedCapacity consumed) {
    if (log.isDebugEnabled()) {
      log.debug("{}: {} units", this, consumed == null ? "?" : consumed.capacityUnits());
    }
  }
}
