package dev.threadkeep.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as S3 does on its bad days. */
final class StubS3 implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Answer answer;

  /** What becomes of a request. */
  @FunctionalInterface
  interface Answer {
    /** The connection breaks instead. */
    Answer NONE =
        exchange -> {
          readAll(exchange);
        };

    void give(HttpExchange exchange) throws IOException;

    /** An error, as S3 describes it. */
    static Answer error(int status, String code) {
      String body = "<Error><Code>" + code + "</Code><Message>a secret</Message></Error>";
      return exchange -> {
        readAll(exchange);
        send(exchange, status, body);
      };
    }

    /** XML or nothing. */
    static Answer of(String body) {
      return exchange -> {
        readAll(exchange);
        send(exchange, 200, body);
      };
    }

    private static void readAll(HttpExchange exchange) throws IOException {
      try (InputStream body = exchange.getRequestBody()) {
        body.transferTo(OutputStream.nullOutputStream());
      }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      exchange.sendResponseHeaders(status, none ? -1 : body.length);
      if (!none) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  StubS3(Answer answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this is answered. */
  void set(Answer value) {
    answer = value;
  }

  /** The methods and addresses of all requests so far, as they came. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      answer.give(exchange);
    }
  }
}
