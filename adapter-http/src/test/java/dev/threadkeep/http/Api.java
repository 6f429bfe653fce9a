package dev.threadkeep.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls the server. Each request that it takes, and each answer that it gives, is held to the
 * OpenAPI document.
 */
final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** What files are to the document, which would look into some types and refuse odd ones. */
  static final String BYTES = "application/octet-stream";

  private final int port;
  private final Map<String, String> headers;

  Api(int port) {
    this(port, Map.of());
  }

  private Api(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  /** An id as a segment of a path. */
  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  Api with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Api(port, more);
  }

  Api bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Api cookie(String cookies) {
    return with("Cookie", cookies);
  }

  Reply get(String path) {
    return send("GET", path, Optional.empty());
  }

  Reply put(String path, String json) {
    return send("PUT", path, Optional.of(json));
  }

  Reply put(String path) {
    return send("PUT", path, Optional.empty());
  }

  Reply post(String path, String json) {
    return send("POST", path, Optional.of(json));
  }

  Reply post(String path) {
    return send("POST", path, Optional.empty());
  }

  Reply patch(String path, String json) {
    return send("PATCH", path, Optional.of(json));
  }

  Reply delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  Reply delete(String path, String json) {
    return send("DELETE", path, Optional.of(json));
  }

  /** Sends a file. */
  Reply upload(String path, String type, byte[] content) {
    return upload(path, type, BodyPublishers.ofByteArray(content));
  }

  /** Sends a file, which is not held to be text. */
  Reply upload(String path, String type, BodyPublisher content) {
    Api typed = type.isEmpty() ? this : with("Content-Type", type);
    Reply reply = typed.exchange("PUT", path, content, StandardCharsets.UTF_8);
    Map<String, String> checked = with("Content-Type", BYTES).headers;
    Document.INSTANCE.check("PUT", path, checked, Optional.of("the file"), reply);
    return reply;
  }

  /** Gets a file; the text of the reply has a character for each of its bytes. */
  Reply download(String path) {
    Reply reply = exchange("GET", path, BodyPublishers.noBody(), StandardCharsets.ISO_8859_1);
    Document.INSTANCE.check("GET", path, headers, Optional.empty(), reply.withoutFile());
    return reply;
  }

  /** Gets all but the body. */
  Reply head(String path) {
    return sendUnchecked("HEAD", path, BodyPublishers.noBody());
  }

  /** A call that is held to the document. */
  Reply send(String method, String path, Optional<String> json) {
    Reply reply =
        sendUnchecked(
            method, path, json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    Document.INSTANCE.check(method, path, headers, json, reply);
    return reply;
  }

  /** A call that the document does not know. */
  Reply sendUnchecked(String method, String path, BodyPublisher body) {
    Api typed =
        body.contentLength() != 0 && !headers.containsKey("Content-Type")
            ? with("Content-Type", "application/json")
            : this;
    return typed.exchange(method, path, body, StandardCharsets.UTF_8);
  }

  private Reply exchange(String method, String path, BodyPublisher body, Charset charset) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(charset));
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException failed) {
      throw new AssertionError(method + " " + path + " had no answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
