package dev.threadkeep.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Stands between a client and the engine, and does to their talk what networks do. */
final class FaultyProxy implements AutoCloseable {
  private static final String OPERATION = "X-Amz-Target";
  private static final List<String> PASSED_ON =
      List.of(OPERATION, "Content-Type", "Authorization", "X-Amz-Date");

  private final HttpClient engine = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Fault fault = Fault.NONE;

  /** An answer of the engine, or one that is made up. */
  record Reply(int status, String body) {}

  /** What becomes of a request. */
  @FunctionalInterface
  interface Fault {
    Fault NONE = (operation, request, engine) -> Optional.of(engine.get());

    /** The engine does what it is asked, and nobody hears of it. */
    Fault REPLY_LOST =
        (operation, request, engine) -> Optional.of(engine.get()).filter(reply -> false);

    /**
     * The reply that reaches the client; nothing when the connection breaks instead.
     *
     * @param operation such as {@code UpdateItem}
     * @param engine hands the request on and gives the engine's reply
     */
    Optional<Reply> apply(String operation, String request, Supplier<Reply> engine);
  }

  FaultyProxy() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this becomes of requests. */
  void set(Fault value) {
    fault = value;
  }

  /** The operations of all requests so far. */
  List<String> operations() {
    return operations;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst(OPERATION);
      String operation = target.substring(target.indexOf('.') + 1);
      operations.add(operation);
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Optional<Reply> reply = fault.apply(operation, request, () -> ask(exchange, request));
      if (reply.isPresent()) {
        byte[] body = reply.get().body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(reply.get().status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Reply ask(HttpExchange exchange, String request) {
    HttpRequest.Builder onwards =
        HttpRequest.newBuilder(DynamoDbLocal.endpoint())
            .POST(HttpRequest.BodyPublishers.ofString(request));
    PASSED_ON.forEach(name -> onwards.header(name, exchange.getRequestHeaders().getFirst(name)));
    HttpResponse<String> response =
        engine.sendAsync(onwards.build(), HttpResponse.BodyHandlers.ofString()).join();
    return new Reply(response.statusCode(), response.body());
  }
}
