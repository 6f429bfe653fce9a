package dev.threadkeep.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as Azure would in cases that Azurite does not know. */
final class StubAzure implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Answers a request, and need not close it. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange request) throws IOException;
  }

  StubAzure(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        request -> {
          try (request) {
            request.getRequestBody().readAllBytes();
            answer.to(request);
          }
        });
    server.start();
  }

  /** Refuses everything with a status and one of Azure's codes. */
  static StubAzure refusing(int status, String code) {
    return new StubAzure(
        request -> {
          if (!code.isEmpty()) {
            request.getResponseHeaders().set("x-ms-error-code", code);
          }
          request.sendResponseHeaders(status, -1);
        });
  }

  String connectionString() {
    return Azurite.connectionString(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
