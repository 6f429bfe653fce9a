package dev.threadkeep.benchmarks.server;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Answers every GET with the same bytes, from memory: the least that a server with Javalin does.
 */
final class BareRoute {
  private BareRoute() {}

  /** Serves the content of a file on a port. */
  public static void main(String[] arguments) throws IOException {
    byte[] answer = Files.readAllBytes(Path.of(arguments[0]));
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get("/*", call -> call.contentType("application/json").result(answer));
            })
        .start(ServerProcess.HOST, Integer.parseInt(arguments[1]));
  }
}
