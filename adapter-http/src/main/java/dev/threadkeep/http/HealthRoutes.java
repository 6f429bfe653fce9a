package dev.threadkeep.http;

import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the machinery around the server asks. */
final class HealthRoutes {
  private static final Logger log = LoggerFactory.getLogger("dev.threadkeep.http");

  private static final Answer UP = Answer.ok(JsonObject.of("status", JsonValue.of("up")));

  private final Supplier<? extends CompletionStage<?>> readiness;

  HealthRoutes(Supplier<? extends CompletionStage<?>> readiness) {
    this.readiness = readiness;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health/live", Access.ANYONE, call -> CompletableFuture.completedStage(UP)),
        Route.get("/health/ready", Access.ANYONE, call -> ready()));
  }

  private CompletionStage<Answer> ready() {
    return readiness
        .get()
        .handle(
            (answered, failure) -> {
              if (failure == null) {
                return UP;
              }
              log.warn("not ready: {}", failure.getMessage());
              return Problem.of(Code.UNAVAILABLE, "the store does not answer").answer();
            });
  }
}
