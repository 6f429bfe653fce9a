package dev.threadkeep.benchmarks.layer;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and DynamoDB Local and writes down what they say to each other. */
public final class Recorder implements AutoCloseable {
  private static final String TARGET = "X-Amz-Target";
  private static final List<String> FORWARDED = List.of(TARGET, "Authorization", "X-Amz-Date");

  private final URI engine;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  private Recorder(URI engine) throws IOException {
    this.engine = engine;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::forward);
    server.start();
  }

  /** Begins to listen. */
  public static Recorder before(URI engine) throws IOException {
    return new Recorder(engine);
  }

  /** Where to send what is to be written down. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was said so far. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> answer = ask(exchange, body);
      exchanges.add(
          new Exchange(
              exchange.getRequestHeaders().getFirst(TARGET),
              new String(body, StandardCharsets.UTF_8),
              answer.statusCode(),
              new String(answer.body(), StandardCharsets.UTF_8)));
      exchange.getResponseHeaders().set("Content-Type", Stub.CONTENT_TYPE);
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(engine)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .header("Content-Type", Stub.CONTENT_TYPE);
    for (String header : FORWARDED) {
      request.header(header, exchange.getRequestHeaders().getFirst(header));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
