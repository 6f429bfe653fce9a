package dev.threadkeep.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Serves what is the same for everybody: the OpenAPI document, written by hand, the page that signs
 * people in, and clients.
 */
final class StaticRoutes {
  /** The page runs its own script and talks to its own server, nothing else. */
  private static final List<Header> OWN_ONLY =
      List.of(
          new Header(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
          new Header("Referrer-Policy", "no-referrer"));

  List<Route> routes() {
    return List.of(
        route("/openapi.json", "openapi.json", "application/json"),
        route("/sign-in", "sign-in.html", "text/html; charset=utf-8"),
        route("/sign-in.js", "sign-in.js", "text/javascript; charset=utf-8"),
        route("/sign-in.css", "sign-in.css", "text/css; charset=utf-8"),
        route(
            "/clients/chainlit/threadkeep.py",
            "clients/chainlit/threadkeep.py",
            "text/x-python; charset=utf-8"));
  }

  private static Route route(String path, String resource, String contentType) {
    Answer answer = new Answer(200, contentType, OWN_ONLY, JsonBody.ofText(read(resource)));
    return Route.get(path, Access.ANYONE, call -> CompletableFuture.completedStage(answer));
  }

  private static String read(String resource) {
    try (InputStream in = StaticRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
