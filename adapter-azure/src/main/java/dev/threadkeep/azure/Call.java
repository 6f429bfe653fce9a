package dev.threadkeep.azure;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A request to Azure, as messages and the log name it.
 *
 * @param operation the name of the operation in Azure's API
 * @param what what it is about: {@code file ada/t/e}
 * @param effect whether it changes what can be read; where a reply is lost, that makes the
 *     difference
 */
record Call(String operation, String what, Effect effect) {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.azure");

  enum Effect {
    NONE,
    WRITE
  }

  static Call read(String operation, String what) {
    return new Call(operation, what, Effect.NONE);
  }

  static Call write(String operation, String what) {
    return new Call(operation, what, Effect.WRITE);
  }

  /**
   * The request, made when it is subscribed. It is logged; what it fails with is translated.
   *
   * @param request begins it
   */
  <R> Mono<R> run(String container, Supplier<Mono<R>> request) {
    return Mono.defer(request)
        .onErrorMap(failure -> AzureErrors.translate(failure, this, container))
        .doOnSuccess(response -> log.debug("{}", this));
  }

  @Override
  public String toString() {
    return operation + " of " + what;
  }
}
