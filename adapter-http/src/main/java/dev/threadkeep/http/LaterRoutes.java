package dev.threadkeep.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Routes that have their place and their rules of access already, and answer 501. */
final class LaterRoutes {
  List<Route> routes() {
    return List.of(Route.get("/v1/users/{identifier}/export", Access.CALLERS, later("the export")));
  }

  static RefusedException notConfigured(String what) {
    return new RefusedException(Code.NOT_CONFIGURED, what + " is not available on this server yet");
  }

  private static Route.Work later(String what) {
    return call -> CompletableFuture.failedStage(notConfigured(what));
  }
}
