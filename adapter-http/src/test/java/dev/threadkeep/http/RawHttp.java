package dev.threadkeep.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP to the letter, also where a client would refuse to. One connection. */
final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  RawHttp(int port) throws IOException {
    this(port, PATIENCE_MILLIS);
  }

  RawHttp(int port, int patienceMillis) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(patienceMillis);
  }

  /** The answer to a request that consists of these lines and has no body. */
  static Reply call(TestServer server, String... lines) {
    try (RawHttp connection = new RawHttp(server.server.port())) {
      connection.send(String.join("\r\n", lines) + "\r\nHost: x\r\nConnection: close\r\n\r\n");
      return connection.receive();
    } catch (IOException failed) {
      throw new AssertionError(String.join(" ", lines), failed);
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Sends nothing more. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** The next answer; its body is as long as its header says. */
  Reply receive() throws IOException {
    Reply head = receiveHead();
    int length = (int) head.headers().firstValueAsLong("content-length").orElse(0);
    String body = new String(body().readNBytes(length), StandardCharsets.UTF_8);
    return new Reply(head.status(), head.headers(), body);
  }

  /** The next answer without its body. */
  Reply receiveHead() throws IOException {
    InputStream in = socket.getInputStream();
    String statusLine = line(in);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    return new Reply(status, HttpHeaders.of(headers, (name, value) -> true), "");
  }

  /** What comes next. */
  InputStream body() throws IOException {
    return socket.getInputStream();
  }

  /** Whether the server has closed the connection. */
  boolean isEnded() throws IOException {
    return socket.getInputStream().read() == -1;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next == -1) {
        throw new IOException("the connection ended after: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
