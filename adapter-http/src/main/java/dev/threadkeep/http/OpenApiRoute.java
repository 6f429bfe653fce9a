package dev.threadkeep.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Serves the OpenAPI document, a resource written by hand. */
final class OpenApiRoute {
  private static final String DOCUMENT = "openapi.json";

  List<Route> routes() {
    Answer document = Answer.ok(JsonBody.of(read()));
    return List.of(
        Route.get(
            "/openapi.json", Access.ANYONE, call -> CompletableFuture.completedStage(document)));
  }

  private static byte[] read() {
    try (InputStream in = OpenApiRoute.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException(DOCUMENT + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
